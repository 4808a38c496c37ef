package org.townsquare.platform;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

/** What holds for every request and every answer. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class EdgeTest {
    private static final String API = "default-src 'none'; frame-ancestors 'none'";

    @TestHTTPResource("/")
    URI service;

    @Test
    void every_answer_says_what_a_browser_may_do_with_it() {
        Village village = Village.open();
        Person ada = village.founder();
        Gathering event = Gathering.in(village, Map.of());
        String tag = ada.sends().get("/api/v1/me").header("ETag");
        var answers = new LinkedHashMap<Integer, List<Response>>();
        answers.put(
                200,
                List.of(
                        ada.sends().get("/api/v1/me"),
                        ada.sends().head("/api/v1/me"),
                        ada.sends().options("/api/v1/me"),
                        Person.nobody().get("/q/health/live"),
                        Person.nobody().get("/q/openapi"),
                        Person.nobody().get("/q/metrics"),
                        ada.sends().get(event.path() + "/qr.svg")));
        answers.put(201, List.of(ada.sends(Map.of("code", event.code())).post("/api/v1/check-ins")));
        answers.put(204, List.of(Person.named("Eve").sends().delete("/api/v1/me/session")));
        answers.put(304, List.of(ada.sends().header("If-None-Match", tag).get("/api/v1/me")));
        answers.put(
                400,
                List.of(
                        ada.sends("{").post("/api/v1/check-ins"),
                        ada.sends().get(village.path() + "/members?limit=x"),
                        ada.sends().get(village.path() + "/members?cursor=%00")));
        answers.put(
                401,
                List.of(
                        Person.nobody().get("/api/v1/me"),
                        Person.nobody().header("Authorization", "Bearer x").get("/nowhere")));
        answers.put(
                403, List.of(Person.named("Bob").sends(Map.of("name", "x")).post(village.path() + "/event-groups")));
        answers.put(
                404,
                List.of(
                        ada.sends().get("/api/v1/nope"),
                        Person.nobody().get("/nowhere"),
                        Person.nobody().get("/q/nowhere")));
        answers.put(405, List.of(ada.sends().delete("/api/v1/me")));
        answers.put(406, List.of(ada.sends().accept("text/csv").get("/api/v1/me")));
        answers.put(
                409,
                List.of(ada.sends(Map.of(
                                "name",
                                "x",
                                "slug",
                                ada.sends().get(village.path()).<String>path("slug")))
                        .post("/api/v1/communities")));
        answers.put(413, List.of(ada.sends("x".repeat(300_000)).post("/api/v1/check-ins")));
        answers.put(414, List.of(ada.sends().get("/api/v1/me?" + "x".repeat(5_000))));
        answers.put(415, List.of(ada.sends().contentType("text/plain").body("x").post("/api/v1/check-ins")));
        answers.put(422, List.of(ada.sends("{}").post("/api/v1/check-ins")));
        answers.put(500, List.of(Person.nobody().get("/test/broken")));
        answers.forEach((status, all) -> {
            for (Response answer : all) {
                assertEquals(status, answer.statusCode(), answer.asString());
                answer.then()
                        .header("Strict-Transport-Security", "max-age=31536000")
                        .header("X-Content-Type-Options", "nosniff")
                        .header("Referrer-Policy", "no-referrer")
                        .header("Cross-Origin-Resource-Policy", "same-origin")
                        .header("Permissions-Policy", containsString("camera=()"))
                        .header("Content-Security-Policy", API)
                        .header("Cache-Control", notNullValue())
                        .header("Access-Control-Allow-Origin", nullValue());
                for (var header : answer.headers())
                    assertEquals(1, answer.headers().getValues(header.getName()).size(), status + " " + header);
            }
        });
        ada.sends().get("/api/v1/me").then().header("Cache-Control", "private, no-cache");
        ada.sends().get(event.path() + "/qr.svg").then().header("Cache-Control", "private, max-age=300");
    }

    @Test
    void an_answer_with_a_token_is_stored_nowhere() {
        Person ada = Person.named("Ada");
        Person.nobody()
                .body(Map.of("email", ada.email(), "password", Person.PASSWORD))
                .post("/api/v1/sessions")
                .then()
                .statusCode(201)
                .header("Cache-Control", "no-store");
    }

    @Test
    void a_page_and_the_explorer_have_policies_of_their_own() {
        Gathering event = Gathering.open();
        Person.nobody()
                .get("/c/" + event.code())
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("style-src 'self' 'sha256-"))
                .header("Referrer-Policy", "no-referrer");
        String page = Person.nobody()
                .get("/q/swagger-ui/")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("script-src 'self' 'unsafe-inline'"))
                .extract()
                .asString();
        assertFalse(page.contains("src=\"http"), "it loads from elsewhere");
    }

    @Test
    void no_other_site_may_read_an_answer() {
        Person.named("Ada")
                .sends()
                .header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "GET")
                .options("/api/v1/me")
                .then()
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Access-Control-Allow-Credentials", nullValue());
    }

    @Test
    void an_address_has_a_limit() {
        Person ada = Person.named("Ada");
        String path = "/api/v1/me?";
        ada.sends().get(path + "x".repeat(4096 - path.length())).then().statusCode(200);
        ProblemsTest.problem(ada.sends().get(path + "x".repeat(4097 - path.length())), 414, "address-too-long");
        String list = Village.open().path() + "/proposals?";
        Person.nobody().get(list + "limit=1" + "&a=1".repeat(99)).then().statusCode(200);
        ProblemsTest.problem(Person.nobody().get(list + "limit=1" + "&a=1".repeat(100)), 400, "parameter-invalid");
    }

    @Test
    void an_address_that_cannot_be_read_is_refused() throws Exception {
        for (String path : List.of("/%zz", "/api/v1/%", "/api/v1/me%2"))
            assertTrue(
                    send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .startsWith("HTTP/1.1 400"),
                    path);
    }

    @Test
    void headers_have_a_limit() throws Exception {
        assertTrue(send("GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: " + "x".repeat(15_000)
                        + "\r\n\r\n")
                .startsWith("HTTP/1.1 401"));
        assertTrue(send("GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: " + "x".repeat(17_000)
                        + "\r\n\r\n")
                .startsWith("HTTP/1.1 431"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\\u0000b\"}",
                "{\"name\":\"\\ud800\"}",
                "{\"a\\u0000b\":1}",
                "{\"metadata\":{\"a\":\"\\udc00\"}}",
                "{\"metadata\":{\"\\ud800\":1}}",
                "{\"metadata\":{\"a\":[{\"b\":\"\\u0000\"}]}}",
                "{\"visibility\":\"\\u0000\"}"
            })
    void text_that_is_none_is_refused_wherever_it_stands(String body) {
        Person ada = Person.named("Ada");
        ProblemsTest.problem(ada.sends(body).post("/api/v1/communities"), 400, "text-invalid");
    }

    @Test
    void text_that_is_none_is_refused_as_bytes_and_in_an_address() {
        Person ada = Person.named("Ada");
        byte[] surrogate = "{\"name\":\"a???b\"}".getBytes(StandardCharsets.UTF_8);
        surrogate[10] = (byte) 0xED;
        surrogate[11] = (byte) 0xA0;
        surrogate[12] = (byte) 0x80;
        ProblemsTest.problem(ada.sends().body(surrogate).post("/api/v1/communities"), 400, "text-invalid");
        String list = Village.open().path() + "/proposals?status=";
        for (String text : List.of("%00", "a%00b", "%ED%A0%80", "%ed%bf%bf"))
            ProblemsTest.problem(Person.nobody().urlEncodingEnabled(false).get(list + text), 400, "text-invalid");
    }

    @Test
    void json_has_limits() {
        Person ada = Person.named("Ada");
        var refused = new ArrayList<String>();
        refused.add("{\"metadata\":" + "{\"a\":".repeat(32) + "1" + "}".repeat(32) + "}");
        refused.add("{\"metadata\":{\"a\":" + "9".repeat(41) + "}}");
        refused.add("{\"name\":\"" + "x".repeat(200_001) + "\"}");
        for (String body : refused)
            ProblemsTest.problem(ada.sends(body).post("/api/v1/communities"), 400, "json-malformed");
        ada.sends("{\"name\":\"Elm\",\"slug\":\"v-" + Person.unique() + "\",\"metadata\":" + "{\"a\":".repeat(31) + "1"
                        + "}".repeat(31) + "}")
                .post("/api/v1/communities")
                .then()
                .statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {" PUBLIC", "PUBLIC ", "\\tPUBLIC", "public", "", " "})
    void the_name_of_a_constant_is_exact(String visibility) {
        Person ada = Person.named("Ada");
        String body = "{\"name\":\"Elm\",\"slug\":\"v-" + Person.unique() + "\",\"visibility\":\"" + visibility + "\"}";
        ProblemsTest.problem(ada.sends(body).post("/api/v1/communities"), 400, "json-malformed")
                .body("violations[0].field", is("visibility"));
    }

    @Test
    void a_method_that_nobody_knows_is_refused_with_those_that_there_are() throws Exception {
        for (String method : List.of("TRACE", "CONNECTED", "PROPFIND"))
            for (String path : List.of("/api/v1/me", "/api/v1/proposals/0198f6a0-0000-7000-8000-000000000000")) {
                String answer = send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                assertTrue(answer.startsWith("HTTP/1.1 405"), method + " " + path + ": " + answer);
                assertTrue(answer.toLowerCase(java.util.Locale.ROOT).contains("allow: get, "), answer);
                assertTrue(answer.contains("method-not-allowed"), answer);
            }
        for (String path : List.of("/q/health/live", "/nowhere", "/")) {
            String answer = send("TRACE " + path
                    + " HTTP/1.1\r\nHost: localhost\r\nX-Secret: not-for-echo\r\nConnection: close\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 405"), path + ": " + answer);
            assertFalse(answer.contains("not-for-echo"), answer);
        }
    }

    @Test
    void an_answer_of_a_kilobyte_is_compressed_and_a_smaller_one_is_not() throws Exception {
        String ask = " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n";
        String large = send("GET /api/v1/permissions" + ask).toLowerCase(java.util.Locale.ROOT);
        assertTrue(large.startsWith("http/1.1 200"), large);
        assertTrue(large.contains("content-encoding: gzip"), large);
        String small = send("GET /api/v1/nowhere" + ask).toLowerCase(java.util.Locale.ROOT);
        assertTrue(small.startsWith("http/1.1 404"), small);
        assertFalse(small.contains("content-encoding"), small);
        assertTrue(small.contains("not-found"), small);
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
