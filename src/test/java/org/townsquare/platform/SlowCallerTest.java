package org.townsquare.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.townsquare.town.Database;
import org.townsquare.town.Ears;
import org.townsquare.town.Eventually;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;

/** Who announces a body and does not send it, or asks and does not read, holds a place for a while, and no longer. */
@QuarkusTest
@TestProfile(SlowCallerTest.Impatient.class)
@QuarkusTestResource(Database.class)
class SlowCallerTest {
    private static final int LIMIT = 10;

    public static class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "townsquare.request.deadline", "3s",
                    "townsquare.request.body", "1s",
                    "townsquare.request.standstill", "1s",
                    "townsquare.admission.in-flight", String.valueOf(LIMIT),
                    "townsquare.admission.fairness", "false");
        }
    }

    private static final String CHECK_IN =
            "POST /api/v1/check-ins HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    @Inject
    Admission admission;

    @Inject
    Vertx vertx;

    @AfterEach
    void everybody_leaves() {
        Eventually.holds(() -> assertEquals(0, admission.inFlight()));
    }

    private static Socket sends(String text) throws IOException {
        var line = new Socket("localhost", RestAssured.port);
        line.setSoTimeout(20_000);
        line.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return line;
    }

    private static String heard(Socket line) throws IOException {
        return new String(line.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void tooSlow(String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        assertTrue(answer.contains("application/problem+json") && answer.contains("\"request-timeout\""), answer);
        assertTrue(answer.toLowerCase(Locale.ROOT).contains("connection: close"), answer);
        assertEquals(answer.indexOf("HTTP/1.1"), answer.lastIndexOf("HTTP/1.1"), "one answer");
    }

    @Test
    void places_that_wait_for_bodies_are_free_again() throws Exception {
        var lines = new ArrayList<Socket>();
        for (int i = 0; i < LIMIT; i++) lines.add(sends(CHECK_IN + "Content-Length: 50\r\n\r\n{\"code\":"));
        Eventually.holds(() -> assertEquals(LIMIT, admission.inFlight()));
        try (Socket other = sends(CHECK_IN + "Connection: close\r\nContent-Length: 2\r\n\r\n{}")) {
            assertTrue(heard(other).startsWith("HTTP/1.1 503 "));
        }
        for (Socket line : lines) {
            tooSlow(heard(line));
            line.close();
        }
        try (Socket other = sends(CHECK_IN + "Connection: close\r\nContent-Length: 2\r\n\r\n{}")) {
            assertTrue(heard(other).startsWith("HTTP/1.1 422 "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 50\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n3\r\n{ \r\n"})
    void neither_a_slow_sender_nor_one_who_is_gone_is_an_error_of_ours(String body) throws Exception {
        try (Ears ears = Ears.open()) {
            try (Socket line = sends(CHECK_IN + body)) {
                tooSlow(heard(line));
            }
            try (Socket line = sends(CHECK_IN + body)) {
                Eventually.holds(() -> assertEquals(1, admission.inFlight()));
            }
            Eventually.holds(() -> assertEquals(0, admission.inFlight()));
            assertEquals(List.of(), ears.saying("HttpClosedException"));
            assertEquals(List.of(), ears.saying("check-ins"));
        }
    }

    /** Nobody reads one there. */
    @Test
    void the_body_of_a_read_is_not_waited_for() throws Exception {
        try (Socket line = sends(CHECK_IN.replace("POST /api/v1/check-ins", "GET /api/v1/markets")
                + "Transfer-Encoding: chunked\r\n\r\n")) {
            assertEquals('H', line.getInputStream().read());
        }
    }

    @Test
    void so_has_a_form_of_a_page() throws Exception {
        try (Socket line = sends("POST /sign-in HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 50\r\n\r\nemail=a")) {
            tooSlow(heard(line));
        }
    }

    /** The limit is for the whole, not for each byte. */
    @Test
    void a_body_that_trickles_is_no_exception() throws Exception {
        try (Socket line = sends(CHECK_IN + "Content-Length: 5000\r\n\r\n{")) {
            line.setSoTimeout(100);
            long begun = System.nanoTime();
            int first = -1;
            while (first < 0 && System.nanoTime() - begun < 20_000_000_000L) {
                try {
                    first = line.getInputStream().read();
                } catch (SocketTimeoutException nothingYet) {
                    line.getOutputStream().write(' ');
                }
            }
            line.setSoTimeout(20_000);
            assertEquals('H', first);
            tooSlow("H" + heard(line));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_comes_too_late_is_not_done(boolean inOneStream) throws Exception {
        Motion motion = Motion.draft();
        if (inOneStream) {
            HttpClient client = client();
            HttpClientRequest request = post(client, motion.path() + "/submission")
                    .putHeader("Authorization", "Bearer " + motion.author().token())
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Content-Length", "2");
            soon(request.write("{"));
            assertEquals("408 request-timeout", answer(request));
            var unused = request.end("}");
            soon(client.close());
        } else {
            try (Socket line = sends("POST " + motion.path() + "/submission HTTP/1.1\r\nHost: localhost\r\n"
                    + "Authorization: Bearer " + motion.author().token()
                    + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{")) {
                tooSlow(heard(line));
                line.getOutputStream().write('}');
            }
        }
        Eventually.holds(() -> assertEquals(0, admission.inFlight()));
        assertEquals(List.of("ProposalDrafted"), motion.facts());
        motion.submitted();
    }

    /** Many requests share a connection there: one of them ends. */
    @Test
    void on_http_2_the_others_of_the_connection_go_on() throws Exception {
        HttpClient client = client();
        HttpClientRequest slow = post(client, "/api/v1/check-ins")
                .putHeader("Content-Type", "application/json")
                .putHeader("Content-Length", "50");
        soon(slow.write("{"));
        assertEquals("408 request-timeout", answer(slow));
        assertOthersGoOn(client, slow);
        soon(client.close());
    }

    @Test
    void on_http_2_a_body_that_is_too_large_is_a_problem_as_any_other() throws Exception {
        HttpClient client = client();
        var request = post(client, "/api/v1/check-ins").putHeader("Content-Type", "application/json");
        request.putHeader("Content-Length", "300000");
        var unused = request.write(Buffer.buffer(" ".repeat(300_000)));
        assertEquals("413 body-too-large", answer(request));
        assertOthersGoOn(client, request);
        soon(client.close());
    }

    @Test
    void who_takes_nothing_of_an_answer_does_not_get_all_of_it() throws Exception {
        try (Socket line = sends("GET /test/endless HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            Eventually.holds(() -> assertEquals(1, admission.inFlight()));
            Eventually.holds(() -> assertEquals(0, admission.inFlight()));
            long got = line.getInputStream().transferTo(OutputStream.nullOutputStream());
            assertTrue(got > 0 && got < (long) EndlessResource.PARTS * EndlessResource.PART / 2, got + " bytes");
        }
    }

    @Test
    void on_http_2_such_an_answer_ends_alone() throws Exception {
        HttpClient client = client();
        HttpClientRequest endless =
                soon(client.request(HttpMethod.GET, RestAssured.port, "localhost", "/test/endless"));
        var reset = new CompletableFuture<Throwable>();
        var paused = endless.send().onSuccess(answer -> answer.pause().exceptionHandler(reset::complete));
        assertEquals(200, soon(paused).statusCode());
        var broken = assertInstanceOf(StreamResetException.class, reset.get(20, TimeUnit.SECONDS));
        // CANCEL: to end without an error is for what is whole
        assertEquals(8, broken.getCode());
        assertOthersGoOn(client, endless);
        soon(client.close());
    }

    /** A pause is none that is over in time, however often. */
    @Test
    void who_reads_slowly_gets_all_of_it() throws Exception {
        try (Socket line = sends("GET /test/endless HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
            var part = new byte[EndlessResource.PART];
            long got = 0;
            long begun = System.nanoTime();
            InputStream answer = line.getInputStream();
            for (int read = answer.read(part); read >= 0; read = answer.read(part)) {
                got += read;
                // 3 s for the whole
                while (System.nanoTime() - begun < got * 3_000_000_000L / EndlessResource.PARTS / EndlessResource.PART)
                    LockSupport.parkNanos(1_000_000);
            }
            assertTrue(got > (long) EndlessResource.PARTS * EndlessResource.PART, got + " bytes");
        }
    }

    /** The client of the demo town says with every request that it speaks JSON; who asks is looked up before the resource begins. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void on_http_2_a_body_needs_no_length(String method) throws Exception {
        HttpClient client = client();
        var request = soon(client.request(
                        HttpMethod.valueOf(method), RestAssured.port, "localhost", "/api/v1/communities"))
                .putHeader("Authorization", "Bearer " + Person.quickly("Ada").token())
                .putHeader("Content-Type", "application/json");
        if (method.equals("POST")) soon(request.setChunked(true).write("{}"));
        var unused = request.end();
        assertEquals(method.equals("POST") ? "422 invalid" : "200 null", answer(request));
        soon(client.close());
    }

    private HttpClient client() {
        return vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2MaxPoolSize(1));
    }

    private static HttpClientRequest post(HttpClient client, String path) throws Exception {
        return soon(client.request(HttpMethod.POST, RestAssured.port, "localhost", path));
    }

    /** On the connection of this one. */
    private static void assertOthersGoOn(HttpClient client, HttpClientRequest ended) throws Exception {
        var other = post(client, "/api/v1/check-ins").putHeader("Content-Type", "application/json");
        var unused = other.end("{}");
        assertEquals("422 invalid", answer(other));
        assertEquals(ended.connection(), other.connection());
    }

    /** Its status and code. */
    private static String answer(HttpClientRequest request) throws Exception {
        return soon(request.response()
                .compose(answer ->
                        answer.body().map(body -> answer.statusCode() + " " + new JsonObject(body).getString("code"))));
    }

    private static <T> T soon(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
