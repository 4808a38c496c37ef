package org.townsquare.platform;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.sql.Connection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;

/** What waits for others gives up soon, and says whether it may be repeated. */
@QuarkusTest
@TestProfile(BusyTest.Impatient.class)
@QuarkusTestResource(Database.class)
class BusyTest {
    public static class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.datasource.reactive.additional-properties.\"lock_timeout\"", "500",
                    "quarkus.datasource.reactive.additional-properties.\"statement_timeout\"", "4000");
        }
    }

    @Test
    void a_row_that_somebody_holds_is_busy() throws Exception {
        Motion motion = Motion.draft();
        try (Connection gate = Database.connect()) {
            gate.setAutoCommit(false);
            try (var sql = gate.createStatement()) {
                sql.execute("select from proposal where id = '" + motion.id() + "' for update");
            }
            busy(motion.author().sends("{}").post(motion.path() + "/submission"), "busy", true);
            gate.rollback();
        }
        motion.submitted();
    }

    @Test
    void a_statement_that_takes_too_long_is_busy() {
        Person ada = Person.named("Ada");
        slowly(ada, 6, () -> busy(found(ada, null), "busy", true));
        assertEquals(0, Rows.count("select count(*) from community where created_by = ?::uuid", ada.id()));
    }

    @Test
    void a_connection_that_is_lost_leaves_doubt_where_there_is_no_key() {
        Person ada = Person.named("Ada");
        slowly(ada, 3, () -> {
            var lost = CompletableFuture.supplyAsync(() -> found(ada, null));
            end();
            busy(lost.join(), "database-unavailable", false);
            String key = UUID.randomUUID().toString();
            var keyed = CompletableFuture.supplyAsync(() -> found(ada, key));
            end();
            busy(keyed.join(), "database-unavailable", true);
            assertEquals(201, found(ada, key).statusCode());
        });
        assertEquals(1, Rows.count("select count(*) from community where created_by = ?::uuid", ada.id()));
    }

    @Test
    void a_transaction_that_gave_way_is_done_again_and_once() {
        Person ada = Person.named("Ada");
        givingWay(ada, 3, () -> assertEquals(201, found(ada, null).statusCode()));
        String key = UUID.randomUUID().toString();
        givingWay(ada, 3, () -> assertEquals(201, found(ada, key).statusCode()));
        assertEquals(201, found(ada, key).statusCode());
        assertEquals(2, Rows.count("select count(*) from community where created_by = ?::uuid", ada.id()));
        givingWay(ada, 4, () -> busy(found(ada, null), "busy", true));
    }

    private static Response found(Person person, @org.jspecify.annotations.Nullable String key) {
        var request = person.sends(Map.of("name", "Elm", "slug", "v-" + Person.unique()));
        if (key != null) {
            // the same request each time
            request = person.sends(Map.of("name", "Elm", "slug", "v-" + key)).header("Idempotency-Key", key);
        }
        return request.post("/api/v1/communities");
    }

    /** While the work runs, to found a community takes this person so many seconds. */
    private static void slowly(Person person, int seconds, Runnable work) {
        Database.update("create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep("
                + seconds + "); return new; end $$");
        Database.update("create trigger slow before insert on community for each row when (new.created_by = '"
                + person.id() + "') execute function slow()");
        try {
            work.run();
        } finally {
            Database.update("drop trigger slow on community");
            Database.update("drop function slow()");
        }
    }

    /** To found a community, this person has to give way so many times. */
    private static void givingWay(Person person, int times, Runnable work) {
        Database.update("create sequence given_way");
        Database.update("create function gives_way() returns trigger language plpgsql security definer as $$ begin "
                + "if nextval('given_way') <= " + times
                + " then raise exception 'gave way' using errcode = '40P01'; end if; return new; end $$");
        Database.update("create trigger gives_way before insert on community for each row when (new.created_by = '"
                + person.id() + "') execute function gives_way()");
        try {
            work.run();
        } finally {
            Database.update("drop trigger gives_way on community");
            Database.update("drop function gives_way()");
            Database.update("drop sequence given_way");
        }
    }

    /** Ends the connection that founds it. */
    private static void end() {
        Eventually.holds(() -> assertTrue(Rows.count(
                        "select count(pg_terminate_backend(pid)) from pg_stat_activity where state = 'active' and wait_event = 'PgSleep' and datname = current_database()")
                == 1));
    }

    private static void busy(Response answer, String code, boolean retryable) {
        var problem = ProblemsTest.problem(answer, 503, code).body("retryable", is(retryable));
        if (retryable) problem.header("Retry-After", notNullValue());
    }
}
