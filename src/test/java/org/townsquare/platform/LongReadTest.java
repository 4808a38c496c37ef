package org.townsquare.platform;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Gate;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Rush;
import org.townsquare.town.Rush.Answer;

/** To take along what is kept of somebody may take longer than another request, but not for ever. */
@QuarkusTest
@TestProfile(LongReadTest.Hurried.class)
@QuarkusTestResource(Database.class)
class LongReadTest {
    public static class Hurried implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("townsquare.request.deadline", "4s", "townsquare.request.export-deadline", "14s");
        }
    }

    /** Both read the API keys, which nobody can meanwhile. */
    private static CompletableFuture<Answer> read(Person person, String what) {
        return Rush.send(person, "GET", "/api/v1/me/" + what, Map.of());
    }

    @Test
    void an_export_is_answered_when_another_request_that_began_after_it_has_long_been_refused() throws Exception {
        Person ada = Person.named("Ada");
        CompletableFuture<Answer> export;
        try (Gate gate = Gate.on("lock table api_key in access exclusive mode")) {
            export = read(ada, "export");
            gate.reached();
            exceeded(read(ada, "api-keys"));
            assertFalse(export.isDone());
        }
        assertEquals(200, export.get().status());
        assertEquals(ada.email(), export.get().body().getJsonObject("profile").getString("email"));
    }

    @Test
    void an_export_is_refused_at_its_own_deadline_and_leaves_nothing_behind() throws Exception {
        Person ada = Person.named("Ada");
        try (Gate gate = Gate.on("lock table api_key in access exclusive mode")) {
            var export = read(ada, "export");
            gate.reached();
            exceeded(export);
        }
        Eventually.holds(
                () -> assertEquals(
                        0,
                        Rows.count(
                                "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle' and xact_start is not null and backend_type = 'client backend'")));
        ada.sends().get("/api/v1/me/export").then().statusCode(200).body("profile.email", is(ada.email()));
    }

    private static void exceeded(CompletableFuture<Answer> answer) throws Exception {
        assertEquals(503, answer.get().status());
        assertEquals("deadline-exceeded", answer.get().body().getString("code"));
    }
}
