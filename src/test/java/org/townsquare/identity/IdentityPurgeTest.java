package org.townsquare.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Rows;

@QuarkusTest
@QuarkusTestResource(Database.class)
class IdentityPurgeTest {
    private static final String OLD = "select count(*) from throttle where window_start < now() - interval '25 hours'";

    @Inject
    IdentityPurge purge;

    @Test
    void what_is_over_goes_in_parts_and_the_rest_stays() throws Throwable {
        Rows.change(
                "insert into throttle select sha256(('purge ' || i)::bytea), now() - interval '26 hours', 1 from generate_series(1, 4500) i");
        Rows.change("insert into throttle values (sha256('purge not'::bytea), now(), 1)");
        VertxContextSupport.subscribeAndAwait(purge::purge);
        assertEquals(0, Rows.count(OLD));
        assertEquals(1, Rows.count("select count(*) from throttle where bucket = sha256('purge not'::bytea)"));
    }
}
