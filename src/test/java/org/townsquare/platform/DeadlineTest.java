package org.townsquare.platform;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.Socket;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Rush;
import org.townsquare.town.Village;

/** What takes too long is refused, and then it is not done; what is done is never refused for having taken long. */
@QuarkusTest
@TestProfile(DeadlineTest.Hurried.class)
@QuarkusTestResource(Database.class)
class DeadlineTest {
    public static class Hurried implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "townsquare.request.deadline", "4s",
                    "quarkus.datasource.reactive.additional-properties.\"lock_timeout\"", "15000");
        }
    }

    private static final int CONNECTIONS = 20;

    @Inject
    Admission admission;

    @Inject
    MeterRegistry metrics;

    @Test
    void a_write_that_was_refused_at_its_deadline_does_not_commit_afterwards() throws Exception {
        Motion motion = Motion.draft();
        String key = UUID.randomUUID().toString();
        try (Connection gate = Database.connect()) {
            hold(gate, "select from proposal where id = '" + motion.id() + "' for update");
            long before = System.nanoTime();
            exceeded(motion.author().sends("{}").header("Idempotency-Key", key).post(motion.path() + "/submission"));
            assertTrue(Duration.ofNanos(System.nanoTime() - before).toMillis() < 12_000);
            gate.rollback();
        }
        Eventually.holds(() -> assertEquals(0, atWork()));
        assertEquals(List.of("DRAFT"), Database.texts("select status from proposal where id = ?::uuid", motion.id()));
        assertEquals(List.of("ProposalDrafted"), motion.facts());
        assertEquals(
                0,
                Rows.count(
                        "select count(*) from idempotency_key where principal_id = ?::uuid",
                        motion.author().id()));
        motion.author()
                .sends("{}")
                .header("Idempotency-Key", key)
                .post(motion.path() + "/submission")
                .then()
                .statusCode(200)
                .body("status", is("UNDER_REVIEW"));
    }

    @Test
    void a_sign_up_that_was_refused_at_its_deadline_does_not_commit_afterwards() throws Exception {
        String email = Person.unique() + "@example.org";
        var body = Map.of("name", "Eve", "email", email, "password", Person.PASSWORD);
        try (Connection gate = Database.connect()) {
            hold(gate, "lock table account in share mode");
            exceeded(Person.nobody().body(body).post("/api/v1/sign-ups"));
            gate.rollback();
        }
        Eventually.holds(() -> assertEquals(0, atWork()));
        assertEquals(0, Rows.count("select count(*) from users where email = ?", email));
        Person.nobody().body(body).post("/api/v1/sign-ups").then().statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proposal", "session"})
    void a_read_is_refused_at_its_deadline_and_so_is_the_look_up_of_its_caller(String table) throws Exception {
        Village village = Village.open();
        try (Connection gate = Database.connect()) {
            hold(gate, "lock table " + table + " in access exclusive mode");
            exceeded(village.founder().sends().get(village.path() + "/proposals"));
            gate.rollback();
        }
        Eventually.holds(() -> assertEquals(0, atWork()));
        village.founder().sends().get(village.path() + "/proposals").then().statusCode(200);
    }

    @Test
    void what_commits_is_answered_as_done_however_long_the_commit_takes() throws Exception {
        Database.update(
                "create function slow_commit() returns trigger language plpgsql as $$ begin perform pg_sleep(5.5); return null; end $$");
        Database.update(
                "create constraint trigger slow_commit after insert on community deferrable initially deferred for each row execute function slow_commit()");
        try {
            Person.named("Ada")
                    .sends(Map.of("name", "Elm", "slug", "v-" + Person.unique()))
                    .post("/api/v1/communities")
                    .then()
                    .statusCode(201)
                    .body("id", notNullValue());
        } finally {
            Database.update("drop trigger slow_commit on community");
            Database.update("drop function slow_commit()");
        }
    }

    @Test
    void requests_that_waited_too_long_leave_no_connection_behind() throws Exception {
        Motion motion = Motion.draft();
        for (int round = 0; round < 2; round++) {
            try (Connection gate = Database.connect()) {
                hold(gate, "select from proposal where id = '" + motion.id() + "' for update");
                var answers = IntStream.range(0, 30)
                        .mapToObj(i -> Rush.send(motion.author(), "POST", motion.path() + "/submission", Map.of()))
                        .toList();
                for (var answer : answers) {
                    assertEquals(503, answer.get().status());
                    assertEquals("deadline-exceeded", answer.get().body().getString("code"));
                }
                gate.rollback();
            }
            Eventually.holds(() -> assertEquals(0, atWork()));
        }
        motion.submitted();
    }

    @Test
    void what_waits_for_a_connection_is_not_begun_for_somebody_who_hung_up() throws Exception {
        Village village = Village.open();
        try (Connection gate = Database.connect()) {
            hold(gate, "lock table proposal in access exclusive mode");
            var lines = new ArrayList<Socket>();
            for (int i = 0; i < 3 * CONNECTIONS; i++)
                lines.add(Rush.posts(
                        village.founder(),
                        village.path() + "/proposals",
                        Map.of("title", "A bench", "description", "By the oak.")));
            Eventually.holds(() -> assertEquals(3 * CONNECTIONS, admission.inFlight()));
            Eventually.holds(() -> assertEquals(1 + CONNECTIONS, atWork(), "those who have one, and the gate"));
            for (Socket line : lines) line.close();
            Eventually.holds(() -> assertEquals(0, admission.inFlight()));
            gate.rollback();
        }
        Eventually.holds(() -> assertEquals(0, Background.waitingIn(metrics) + atWork()));
        long done = Rows.count("select count(*) from proposal where community_id = ?::uuid", village.id());
        // what had begun is done; a job may have had one of the connections
        assertTrue(done > 0 && done <= CONNECTIONS, done + " proposals");
    }

    private static void hold(Connection gate, String sql) throws Exception {
        gate.setAutoCommit(false);
        try (var statement = gate.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void exceeded(Response answer) {
        ProblemsTest.problem(answer, 503, "deadline-exceeded")
                .header("Retry-After", notNullValue())
                .body("retryable", is(true));
    }

    /** Transactions of the service. */
    private static long atWork() {
        return Rows.count(
                "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle' and xact_start is not null and backend_type = 'client backend'");
    }
}
