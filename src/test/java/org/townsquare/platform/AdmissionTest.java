package org.townsquare.platform;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Inject;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Gate;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Rush;

/** Who is let in while requests wait in the middle of their work, and that a place is free again however a request ends. */
@QuarkusTest
@TestProfile(AdmissionTest.Small.class)
@QuarkusTestResource(Database.class)
class AdmissionTest {
    private static final int LIMIT = 40;

    public static class Small implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "townsquare.admission.in-flight", String.valueOf(LIMIT),
                    "townsquare.admission.fairness", "true",
                    // whoever waits at a gate holds one
                    "quarkus.datasource.reactive.max-size", "60",
                    "townsquare.request.deadline", "60s");
        }
    }

    @Inject
    Admission admission;

    @AfterEach
    void everybody_leaves() {
        Eventually.holds(() -> assertEquals(0, admission.inFlight()));
    }

    /** So many at work, behind a gate that this test holds. */
    private List<CompletableFuture<Rush.Answer>> busy(int many, Supplier<CompletableFuture<Rush.Answer>> request) {
        int before = admission.inFlight();
        var answers = new ArrayList<CompletableFuture<Rush.Answer>>();
        for (int i = 0; i < many; i++) answers.add(request.get());
        Eventually.holds(() -> assertEquals(before + many, admission.inFlight()));
        return answers;
    }

    /** Somebody else each time. */
    private static CompletableFuture<Rush.Answer> founds() {
        return Rush.send(
                Person.quickly("Ada"),
                "POST",
                "/api/v1/communities",
                Map.of("name", "Elm", "slug", "v-" + Person.unique()));
    }

    private static void end(List<CompletableFuture<Rush.Answer>> answers) throws Exception {
        for (var answer : answers)
            assertTrue(answer.get().status() < 500, answer.get().toString());
    }

    @Test
    void when_all_places_are_taken_one_more_is_refused_at_once_without_the_database() throws Exception {
        try (Gate gate = Gate.onWritesTo("community")) {
            var answers = busy(LIMIT, AdmissionTest::founds);
            gate.reached();
            long before = System.nanoTime();
            ProblemsTest.problem(Person.nobody().body("{}").post("/api/v1/check-ins"), 503, "busy")
                    .body("retryable", is(true))
                    .header("Retry-After", anyOf(is("1"), is("2"), is("3")))
                    .header("Strict-Transport-Security", notNullValue());
            assertTrue(System.nanoTime() - before < 2_000_000_000L, "it waited");
            // what the router makes of a path counts, not how it was written
            assertEquals(
                    503,
                    Rush.get(Person.quickly("Ada"), "/q/../api/v1/markets")
                            .get()
                            .status());
            RestAssured.get("/q/health/live").then().statusCode(200);
            RestAssured.get("/q/metrics").then().statusCode(200);
            gate.close();
            end(answers);
        }
        Eventually.holds(() -> assertEquals(0, admission.inFlight()));
        Person.nobody().body("{}").post("/api/v1/check-ins").then().statusCode(422);
    }

    @Test
    void lists_and_pages_leave_room_for_votes_and_check_ins() throws Exception {
        try (Gate gate = Gate.on("lock table market in access exclusive mode")) {
            var answers = busy(LIMIT * 4 / 5, () -> Rush.get(Person.quickly("Ada"), "/api/v1/markets"));
            ProblemsTest.problem(Person.nobody().get("/api/v1/markets"), 503, "busy");
            ProblemsTest.problem(Person.nobody().get("/sign-in"), 503, "busy");
            Person.nobody().body("{}").post("/api/v1/check-ins").then().statusCode(422);
            Person.nobody().get("/api/v1/users/" + Ids.next()).then().statusCode(401);
            gate.close();
            end(answers);
        }
    }

    @Test
    void one_user_holds_sixteen_places_while_more_than_half_are_taken() throws Exception {
        Motion motion = Motion.draft();
        try (Gate gate = Gate.on("select from proposal where id = '" + motion.id() + "' for update");
                Gate other = Gate.onWritesTo("community")) {
            Person ada = motion.author();
            var answers = busy(16, () -> Rush.send(ada, "POST", motion.path() + "/submission", Map.of()));
            ada.sends().get("/api/v1/me").then().statusCode(200);
            // its place is free a moment after its answer
            Eventually.holds(() -> assertEquals(16, admission.inFlight()));
            answers.addAll(busy(LIMIT / 2 - 15, AdmissionTest::founds));
            ProblemsTest.problem(ada.sends().get("/api/v1/me"), 429, "too-many-at-once")
                    .header("Retry-After", notNullValue());
            Person.quickly("Bob").sends().get("/api/v1/me").then().statusCode(200);
            gate.close();
            other.close();
            end(answers);
        }
    }

    @Test
    void one_network_of_strangers_holds_half_of_them() throws Exception {
        try (Gate gate = Gate.on("lock table event in access exclusive mode")) {
            var answers =
                    busy(LIMIT / 2, () -> Rush.anonymously("POST", "/api/v1/check-ins", Map.of("code", "zzzz0001")));
            ProblemsTest.problem(
                    Person.nobody().body(Map.of("code", "zzzz0001")).post("/api/v1/check-ins"),
                    429,
                    "too-many-at-once");
            gate.close();
            end(answers);
        }
    }

    @Test
    void whoever_hangs_up_leaves_their_place() throws Exception {
        Motion motion = Motion.draft();
        try (Gate gate = Gate.on("select from proposal where id = '" + motion.id() + "' for update")) {
            var lines = new ArrayList<Socket>();
            for (int i = 0; i < 10; i++)
                lines.add(Rush.posts(motion.author(), motion.path() + "/submission", Map.of()));
            Eventually.holds(() -> assertEquals(10, admission.inFlight()));
            gate.reached();
            for (Socket line : lines) line.close();
            Eventually.holds(() -> assertEquals(0, admission.inFlight()));
        }
    }

    @Test
    void whoever_is_answered_with_an_error_leaves_it_too() {
        ProblemsTest.problem(Person.nobody().get("/api/v1/nowhere"), 404, "not-found");
        Person.nobody()
                .header("Authorization", "Bearer nobody's")
                .get("/api/v1/me")
                .then()
                .statusCode(401);
        Person.nobody().body("{").post("/api/v1/sign-ups").then().statusCode(400);
        Person.nobody()
                .urlEncodingEnabled(false)
                .get("/api/v1/markets?a=%00")
                .then()
                .statusCode(400);
    }

    @Test
    void a_read_of_one_thing_is_none_of_a_list() {
        String id = Ids.next().toString();
        assertFalse(Admission.reads(HttpMethod.GET, "/api/v1/proposals/" + id));
        assertFalse(Admission.reads(HttpMethod.POST, "/api/v1/check-ins"));
        assertFalse(Admission.reads(HttpMethod.PUT, "/api/v1/proposals/" + id + "/vote"));
        assertTrue(Admission.reads(HttpMethod.GET, "/api/v1/communities/" + id + "/proposals"));
        assertTrue(Admission.reads(HttpMethod.GET, "/api/v1/communities/" + id + "/audit-log/export"));
        assertTrue(Admission.reads(HttpMethod.GET, "/c/23456789"));
        assertFalse(Admission.reads(HttpMethod.POST, "/c/23456789"));
    }
}
