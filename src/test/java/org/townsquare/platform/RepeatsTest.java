package org.townsquare.platform;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Stage;
import org.townsquare.town.Stage.Call;
import org.townsquare.town.Tables;

/** Goal R4: every POST of the OpenAPI document may be repeated with an Idempotency-Key. What a crash leaves is in RepeatsIT. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class RepeatsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";

    /** What they answer tells nothing of anybody, on purpose. */
    private static final Set<String> ALIKE = Set.of("verifyEmail", "askPasswordReset");

    /** Their answers hold a token. */
    private static final Set<String> SECRET =
            Set.of("signUp", "signIn", "completeSignUp", "createApiKey", "startImpersonation", "inviteMember");

    @TestHTTPResource("/")
    URI service;

    @Inject
    Repeats repeats;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Connection db;
    private Tables tables;
    private Stage stage;

    @BeforeEach
    void open() throws SQLException {
        db = Database.connect();
        tables = Tables.of(db);
        Tables.endImpersonations(db);
        stage = Stage.open();
    }

    @AfterEach
    void close() throws SQLException {
        db.close();
    }

    @Test
    void a_repeat_gets_the_first_answer_and_does_nothing() throws Exception {
        for (Post post : posts()) {
            Call call = stage.call(post.id());
            String key = key();
            var first = send(post, call, key, call.body());
            assertTrue(first.statusCode() < 300, () -> post.id() + " " + first.body());
            assertEquals(List.of(), first.headers().allValues(REPLAYED), post.id());
            var delta = delta(() -> {
                assertRepeat(post, first, send(post, call, key, call.body()));
                assertRepeat(
                        post, first, send(post, call, key.toUpperCase(java.util.Locale.ROOT), reversed(call.body())));
            });
            assertEquals(Map.of(), delta, post.id());
        }
    }

    @Test
    void of_eight_at_once_one_is_carried_out() throws Exception {
        for (Post post : posts()) {
            Call alone = stage.call(post.id());
            var effect = delta(
                    () -> assertTrue(send(post, alone, key(), alone.body()).statusCode() < 300));
            Call call = stage.call(post.id());
            String key = key();
            var answers = new ArrayList<HttpResponse<String>>();
            var rush = delta(() -> {
                var sent = new ArrayList<CompletableFuture<HttpResponse<String>>>();
                for (int i = 0; i < 8; i++)
                    sent.add(http.sendAsync(
                            request(post, call, key, call.body()), HttpResponse.BodyHandlers.ofString()));
                for (var answer : sent) answers.add(answer.get());
            });
            // a code may be tried by each of them before the first is through; what was asked before is replaced, and
            // each asks for a mail of the few
            for (var rows : List.of(effect, rush)) {
                if (post.id().equals("confirmPhone")) rows.remove("verification");
                if (ALIKE.contains(post.id())) rows.keySet().retainAll(Set.of("idempotency_key"));
            }
            assertEquals(effect, rush, post.id());
            var first = answers.stream()
                    .filter(it -> it.statusCode() < 300
                            && it.headers().firstValue(REPLAYED).isEmpty())
                    .toList();
            assertEquals(
                    1,
                    first.size(),
                    post.id() + " " + answers.stream().map(HttpResponse::body).toList());
            for (var answer : answers) {
                if (answer.equals(first.get(0))) continue;
                if (code(answer).equals("idempotency-running")) {
                    assertEquals(409, answer.statusCode());
                    assertEquals("1", answer.headers().firstValue("Retry-After").orElseThrow());
                    assertTrue(JSON.readTree(answer.body()).get("retryable").booleanValue());
                } else if (answer.statusCode() == 429)
                    assertEquals("too-many-tries", code(answer), "one password, asked eight times");
                else assertRepeat(post, first.get(0), answer);
            }
            assertRepeat(post, first.get(0), send(post, call, key, call.body()));
        }
    }

    @Test
    void another_request_with_the_key_is_refused() throws Exception {
        for (Post post : posts()) {
            Call call = stage.call(post.id());
            String key = key();
            assertTrue(send(post, call, key, call.body()).statusCode() < 300, post.id());
            var delta = delta(() -> {
                if (call.body() != null) {
                    ObjectNode other = call.body().deepCopy();
                    if (other.isEmpty()) other.put("other", 1);
                    else other.remove(other.fieldNames().next());
                    assertMismatch(post, send(post, call, key, other));
                }
                if (!call.path().isEmpty()) {
                    var path = new LinkedHashMap<>(call.path());
                    path.replaceAll((name, id) -> UUID.randomUUID().toString());
                    assertMismatch(
                            post,
                            send(post, new Call(call.caller(), path, call.body(), call.headers()), key, call.body()));
                }
                assertMismatch(
                        post,
                        http.send(request(post, call, key, call.body(), "?a=1"), HttpResponse.BodyHandlers.ofString()));
            });
            assertEquals(Map.of(), delta, post.id());
        }
    }

    @Test
    void everybody_has_keys_of_their_own() throws Exception {
        Person stranger = Person.named("Eve");
        for (Post post : posts()) {
            Call call = stage.call(post.id());
            String key = key();
            var first = send(post, call, key, call.body());
            assertTrue(first.statusCode() < 300, post.id());
            for (Person other : Collections.unmodifiableList(java.util.Arrays.asList(stranger, null))) {
                ObjectNode theirs = call.body() == null ? null : call.body().deepCopy();
                // what a client draws for one check-in no other client sends
                if (theirs != null && theirs.has("clientId"))
                    theirs.put("clientId", UUID.randomUUID().toString());
                var answer = send(post, new Call(other, call.path(), theirs, call.headers()), key, theirs);
                assertEquals(List.of(), answer.headers().allValues(REPLAYED), post.id());
                assertNotEquals("idempotency-mismatch", code(answer), post.id());
                if (!first.body().isEmpty() && !ALIKE.contains(post.id()))
                    assertNotEquals(first.body(), answer.body(), post.id());
            }
            assertRepeat(post, first, send(post, call, key, call.body()));
        }
    }

    @Test
    void one_key_serves_for_each_operation() throws Exception {
        String key = key();
        for (Post post : posts()) {
            Call call = stage.call(post.id());
            var first = send(post, call, key, call.body());
            assertTrue(first.statusCode() < 300, post.id() + first.body());
            assertEquals(List.of(), first.headers().allValues(REPLAYED), post.id());
        }
    }

    @Test
    void a_refusal_that_the_state_gave_is_given_again() {
        Gathering event = Gathering.of(Map.of("capacity", 1));
        event.checkInAnonymously().statusCode(201);
        Person bob = Person.named("Bob");
        String key = key();
        var first = checkIn(bob, event.code(), key);
        first.then().statusCode(409).body("code", is("event-full")).header(REPLAYED, nullValue());
        Database.update("update event_seat set attendance_id = null where event_id = ?::uuid", event.id());
        var again = checkIn(bob, event.code(), key);
        again.then().statusCode(409).header(REPLAYED, "true").header("Content-Type", first.header("Content-Type"));
        assertEquals(first.asString(), again.asString());
        checkIn(bob, event.code(), key()).then().statusCode(201);
    }

    @Test
    void a_body_that_is_refused_is_refused_again_and_its_key_is_used() {
        for (String refused : List.of("{\"code\":null}", "{\"nope\":1}", "{\"code\":\"x\"}")) {
            String key = key();
            Person bob = Person.named("Bob");
            var first = sends(bob, key).body(refused).post("/api/v1/check-ins");
            first.then().statusCode(422).header(REPLAYED, nullValue());
            var again = sends(bob, key).body(refused).post("/api/v1/check-ins");
            again.then().statusCode(422).header(REPLAYED, "true");
            assertEquals(first.asString(), again.asString());
            sends(bob, key)
                    .body("{\"code\":\"00000000\"}")
                    .post("/api/v1/check-ins")
                    .then()
                    .statusCode(422)
                    .body("code", is("idempotency-mismatch"));
        }
    }

    @Test
    void what_says_nothing_about_the_request_is_not_kept() {
        Gathering event = Gathering.open();
        Person bob = Person.named("Bob");
        String key = key();
        checkIn(bob, "00000000", key).then().statusCode(404);
        sends(bob, key).body("{").post("/api/v1/check-ins").then().statusCode(400);
        Person.nobody()
                .header(KEY, key)
                .header("Authorization", "Bearer tss_x")
                .body("{}")
                .post("/api/v1/check-ins")
                .then()
                .statusCode(401);
        String members = event.village().path() + "/event-groups";
        sends(bob, key).body(Map.of("name", "x")).post(members).then().statusCode(403);
        assertEquals(0, Rows.count("select count(*) from idempotency_key where principal_id = ?::uuid", bob.id()));
        checkIn(bob, event.code(), key).then().statusCode(201).header(REPLAYED, nullValue());
    }

    @Test
    void an_answer_with_a_token_is_not_kept() {
        String email = Person.unique() + "@example.org";
        String key = key();
        var body = Map.of("name", "Eve", "email", email, "password", Person.PASSWORD);
        Person.nobody()
                .header(KEY, key)
                .body(body)
                .post("/api/v1/sign-ups")
                .then()
                .statusCode(201);
        assertEquals(
                0,
                Rows.count("select count(*) from idempotency_key where route like '%sign-ups' and body is not null"));
        Person.nobody()
                .header(KEY, key)
                .body(body)
                .post("/api/v1/sign-ups")
                .then()
                .statusCode(409)
                .body("code", is("secret-shown-once"));
        Person.nobody()
                .header(KEY, key())
                .body(body)
                .post("/api/v1/sign-ups")
                .then()
                .statusCode(409)
                .body("code", is("email-taken"));
        assertEquals(
                0,
                Rows.count("select count(*) from idempotency_key k where to_jsonb(k)::text like ?", "%" + key + "%"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1-1-1-1-1", "0197a9c1-0000-7000-8000-00000000000"})
    void a_key_is_one_uuid(String wrong) {
        Person bob = Person.named("Bob");
        sends(bob, wrong)
                .body(Map.of("name", "Elm", "slug", "v-" + Person.unique()))
                .post("/api/v1/communities")
                .then()
                .statusCode(400)
                .body("code", is("idempotency-key-invalid"));
        bob.sends(Map.of("name", "Elm", "slug", "v-" + Person.unique()))
                .header(KEY, key(), key())
                .post("/api/v1/communities")
                .then()
                .statusCode(400)
                .body("code", is("idempotency-key-invalid"));
        assertEquals(0, Rows.count("select count(*) from community where created_by = ?::uuid", bob.id()));
    }

    @Test
    void a_key_is_forgotten_after_a_day() {
        Person bob = Person.named("Bob");
        String key = key();
        String first = found(bob, key, "v-" + Person.unique()).path("id");
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from idempotency_key where principal_id = ?::uuid and expires_at between now() + interval '23:59' and now() + interval '24:01'",
                        bob.id()));
        expire(bob);
        String second = found(bob, key, "v-" + Person.unique()).path("id");
        assertNotEquals(first, second);
        expire(bob);
        repeats.purge().await().atMost(Duration.ofSeconds(10));
        assertEquals(0, Rows.count("select count(*) from idempotency_key where principal_id = ?::uuid", bob.id()));
        assertEquals(0, Rows.count("select count(*) from idempotency_key where expires_at <= now()"));
    }

    @Test
    void the_document_names_the_header_of_every_post() throws Exception {
        for (Post post : posts()) assertTrue(post.documented(), post.id());
    }

    private static Response found(Person person, String key, String slug) {
        var answer =
                sends(person, key).body(Map.of("name", "Elm", "slug", slug)).post("/api/v1/communities");
        answer.then().statusCode(201).header(REPLAYED, nullValue()).header("Location", notNullValue());
        return answer;
    }

    private static void expire(Person person) {
        Database.update(
                "update idempotency_key set expires_at = now() - interval '1 second' where principal_id = ?::uuid",
                person.id());
    }

    private static io.restassured.specification.RequestSpecification sends(Person person, String key) {
        return person.sends().header(KEY, key);
    }

    private static Response checkIn(Person person, String code, String key) {
        return sends(person, key).body(Map.of("code", code)).post("/api/v1/check-ins");
    }

    private void assertRepeat(Post post, HttpResponse<String> first, HttpResponse<String> again) throws Exception {
        if (SECRET.contains(post.id())) {
            assertEquals("secret-shown-once", code(again), post.id() + " " + again.body());
            assertEquals(409, again.statusCode());
            return;
        }
        assertEquals(List.of("true"), again.headers().allValues(REPLAYED), post.id() + " " + again.body());
        assertEquals(first.statusCode(), again.statusCode(), post.id());
        assertEquals(first.body(), again.body(), post.id());
        for (String header : List.of("Location", "ETag", "Content-Type", "Cache-Control"))
            assertEquals(
                    first.headers().allValues(header), again.headers().allValues(header), post.id() + " " + header);
    }

    private static void assertMismatch(Post post, HttpResponse<String> answer) throws Exception {
        assertEquals("idempotency-mismatch", code(answer), post.id() + " " + answer.body());
        assertEquals(422, answer.statusCode(), post.id());
        assertEquals(List.of(), answer.headers().allValues(REPLAYED), post.id());
    }

    private static String code(HttpResponse<String> answer) throws Exception {
        return answer.body().isEmpty()
                ? ""
                : JSON.readTree(answer.body()).path("code").asText();
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    /** The same body in another order. */
    private static @Nullable ObjectNode reversed(@Nullable ObjectNode body) {
        if (body == null) return null;
        var names = new ArrayList<String>();
        body.fieldNames().forEachRemaining(names::add);
        Collections.reverse(names);
        ObjectNode reversed = JSON.createObjectNode();
        for (String name : names) reversed.set(name, body.get(name));
        return reversed;
    }

    private interface Work {
        void run() throws Exception;
    }

    /** What the work changed: the count and the versions of each table. What others do beside it (a clock, a follower) is awaited. */
    private Map<String, List<Long>> delta(Work work) throws Exception {
        Map<String, String> before = tables.read(db);
        work.run();
        return Tables.change(before, tables.read(db));
    }

    private record Post(String id, String path, boolean documented) {}

    private List<Post> posts() throws Exception {
        JsonNode document =
                JSON.readTree(Person.nobody().get("/q/openapi?format=json").asString());
        var posts = new ArrayList<Post>();
        for (var path : document.get("paths").properties()) {
            JsonNode post = path.getValue().path("post");
            if (post.isMissingNode()) continue;
            boolean documented = false;
            for (JsonNode parameter : post.path("parameters"))
                documented |= parameter.path("name").asText().equals(KEY);
            posts.add(new Post(post.get("operationId").asText(), path.getKey(), documented));
        }
        assertTrue(posts.size() > 10, "the document has only " + posts.size());
        return posts;
    }

    private HttpResponse<String> send(Post post, Call call, String key, @Nullable ObjectNode body) throws Exception {
        return http.send(request(post, call, key, body), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(Post post, Call call, String key, @Nullable ObjectNode body) {
        return request(post, call, key, body, "");
    }

    private HttpRequest request(Post post, Call call, String key, @Nullable ObjectNode body, String query) {
        String path = post.path();
        for (var parameter : call.path().entrySet())
            path = path.replace("{" + parameter.getKey() + "}", parameter.getValue());
        var request = HttpRequest.newBuilder(URI.create("http://" + service.getAuthority() + path + query))
                .timeout(Duration.ofSeconds(20))
                .header(KEY, key)
                .POST(
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
        if (body != null) request.header("Content-Type", "application/json");
        if (call.caller() != null)
            request.header("Authorization", "Bearer " + call.caller().token());
        call.headers().forEach(request::header);
        return request.build();
    }
}
