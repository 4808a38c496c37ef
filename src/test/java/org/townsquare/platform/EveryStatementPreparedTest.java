package org.townsquare.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;

@QuarkusTest
@QuarkusTestResource(Database.class)
class EveryStatementPreparedTest {
    @Inject
    Pool pool;

    @Test
    void a_long_statement_is_kept_prepared() {
        var longer = new Statement("select $1::int as first /* " + "long ".repeat(1_000) + "*/");
        Long kept = pool.withConnection(connection -> longer.run(connection, 1)
                        .chain(() -> longer.run(connection, 2))
                        .chain(() -> connection
                                .query(
                                        "select generic_plans + custom_plans from pg_prepared_statements where statement like 'select $1::int as first %'")
                                .execute()))
                .await()
                .atMost(Duration.ofSeconds(10))
                .iterator()
                .next()
                .getLong(0);
        assertEquals(2, kept, "one statement, run twice");
    }
}
