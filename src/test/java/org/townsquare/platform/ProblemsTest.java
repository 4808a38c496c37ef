package org.townsquare.platform;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Person;

/** Whatever is parsable HTTP gets a problem as RFC 9457 describes it. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class ProblemsTest {
    @TestHTTPResource
    URL service;

    @com.google.errorprone.annotations.CanIgnoreReturnValue
    static ValidatableResponse problem(Response answer, int status, String code) {
        return answer.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", is(status))
                .body("code", is(code))
                .body("type", is("urn:townsquare:problem:" + code))
                .body("title", notNullValue())
                .body("instance", notNullValue())
                .body("traceId", matchesPattern("[0-9a-f]{32}"));
    }

    static Response signUp(String body) {
        return Person.nobody().body(body).post("/api/v1/sign-ups");
    }

    static String signUpOf(String name) {
        return "{\"name\":\"" + name + "\",\"email\":\"" + Person.unique()
                + "@example.org\",\"password\":\"correct horse\"}";
    }

    @Test
    void what_does_not_exist() {
        problem(Person.nobody().get("/nope"), 404, "not-found");
        problem(Person.nobody().get("/api/v1/nope"), 404, "not-found");
        problem(Person.nobody().body("{}").post("/api/v1/nope"), 404, "not-found");
        problem(Person.nobody().get("/api/v1/communities/no-uuid"), 404, "not-found");
        problem(Person.nobody().get("/api/v1/communities/0198f6a0-0000-7000-8000-000000000000"), 404, "not-found");
    }

    @Test
    void a_method_that_the_path_does_not_know_names_those_that_it_knows() {
        problem(Person.nobody().get("/api/v1/sign-ups"), 405, "method-not-allowed")
                .header("Allow", "OPTIONS, POST");
        problem(Person.named("Ada").sends().delete("/api/v1/me"), 405, "method-not-allowed")
                .header("Allow", "GET, HEAD, OPTIONS, PATCH");
        problem(Person.nobody().request("TRACE", "/api/v1/sign-ups"), 405, "method-not-allowed")
                .header("Allow", notNullValue());
    }

    @Test
    void media_types_that_are_not_spoken_here() {
        problem(
                Person.nobody().contentType(ContentType.TEXT).body("x").post("/api/v1/sign-ups"),
                415,
                "media-type-unsupported");
        problem(
                Person.nobody().accept("image/png").body(signUpOf("Ada")).post("/api/v1/sign-ups"),
                406,
                "not-acceptable");
    }

    @Test
    void what_is_wrong_with_a_field_is_said_in_english_whatever_the_caller_reads() {
        for (String language : new String[] {"fr", "fr-CH, de;q=0.5", "de", "*", "nonsense"})
            given().contentType(ContentType.JSON)
                    .header("Accept-Language", language)
                    .body("{\"name\":\" \",\"email\":\"a@example.org\",\"password\":\"correct horse battery\"}")
                    .post("/api/v1/sign-ups")
                    .then()
                    .statusCode(422)
                    .body("violations[0].field", is("name"))
                    .body("violations[0].message", is("must not be blank"));
    }

    @Test
    void json_is_taken_as_it_is_meant_or_not_at_all() {
        problem(signUp("{\"name\":"), 400, "json-malformed");
        problem(signUp(""), 400, "body-missing");
        problem(signUp("null"), 400, "body-missing");
        problem(signUp("[]"), 400, "json-malformed");
        problem(signUp("{} x"), 400, "json-malformed");
        problem(signUp("{\"name\":\"a\",\"name\":\"b\"}"), 400, "json-malformed");
        problem(signUp("{\"name\":17}"), 400, "json-malformed").body("violations[0].field", is("name"));
        problem(signUp("{\"name\":{}}"), 400, "json-malformed").body("violations[0].field", is("name"));
        problem(signUp("{\"nom\":\"a\"}"), 422, "field-unknown").body("violations[0].field", is("nom"));
        problem(signUp("{\"" + "n".repeat(40_000) + "\":\"a\"}"), 422, "field-unknown")
                .body("violations[0].field", is("n".repeat(200)));
        problem(signUp("{".repeat(40)), 400, "json-malformed");
    }

    @Test
    void text_that_cannot_be_stored_is_refused_and_other_text_is_kept() {
        problem(signUp(signUpOf("a\\u0000b")), 400, "text-invalid");
        problem(signUp(signUpOf("a\\ud800b")), 400, "text-invalid");
        problem(signUp(signUpOf("a\\udc00")), 400, "text-invalid");
        signUp(signUpOf("עדה \uD83D\uDC69\u200D\uD83D\uDE80 \u202Eabc"))
                .then()
                .statusCode(201)
                .body("user.name", is("עדה \uD83D\uDC69\u200D\uD83D\uDE80 \u202Eabc"));
    }

    @Test
    void a_body_that_is_too_large_is_refused_by_its_length() {
        problem(signUp(signUpOf("x".repeat(1_000_000))), 413, "body-too-large");
        signUp(signUpOf("x".repeat(200_000))).then().statusCode(422).body("code", is("invalid"));
    }

    @Test
    void a_body_that_is_too_large_is_refused_also_in_chunks() throws Exception {
        String answer = send("POST /api/v1/sign-ups HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + ("8000\r\n" + " ".repeat(0x8000) + "\r\n").repeat(12)
                + "0\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
        assertTrue(answer.contains("application/problem+json") && answer.contains("body-too-large"), answer);
    }

    @Test
    void a_small_body_in_chunks_is_a_body_like_any_other() throws Exception {
        String body = signUpOf("Ada");
        String answer = send("POST /api/v1/sign-ups HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 201"), answer);
    }

    @Test
    void a_form_where_json_is_expected_is_answered_and_not_left_hanging() throws Exception {
        String answer = send(
                "POST /api/v1/sign-ups HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: 3\r\nConnection: close\r\n\r\na=b");
        assertTrue(answer.startsWith("HTTP/1.1 415"), answer);
        assertTrue(answer.contains("media-type-unsupported"), answer);
    }

    @Test
    void a_request_without_a_host_is_a_problem_too() throws Exception {
        String answer = send("GET /api/v1/me HTTP/1.1\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
        assertTrue(answer.contains("application/problem+json"), answer);
    }

    @Test
    void a_defect_is_logged_once_with_its_trace_and_tells_the_caller_nothing_else() {
        var logged = new CopyOnWriteArrayList<String>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (record.getThrown() != null) logged.add(new SimpleFormatter().formatMessage(record));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(listener);
        try {
            String trace = problem(Person.nobody().get("/test/broken"), 500, "defect")
                    .body(not(containsString("secret")))
                    .body(not(containsString("Exception")))
                    .extract()
                    .path("traceId");
            assertEquals(1, logged.size(), logged.toString());
            assertTrue(logged.get(0).contains(trace), logged.toString());
        } finally {
            root.removeHandler(listener);
        }
    }

    @Test
    void the_trace_of_the_caller_is_kept() {
        Person.nobody()
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .get("/api/v1/nope")
                .then()
                .body("traceId", is("4bf92f3577b34da6a3ce929d0e0e4736"));
    }

    @Test
    void a_page_size_that_is_none_is_refused() {
        var village = org.townsquare.town.Village.open();
        String path = village.path() + "/audit-log";
        for (String limit : new String[] {"0", "101", "-1", "x", "1e2", "99999999999"})
            problem(village.founder().sends().get(path + "?limit=" + limit), 400, "parameter-invalid")
                    .body("detail", allOf(notNullValue(), containsString("limit")));
    }

    private String send(String request) throws Exception {
        try (var socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            var answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
