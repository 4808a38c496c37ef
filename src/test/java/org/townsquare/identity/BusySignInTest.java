package org.townsquare.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Person;

/** Goal R13. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class BusySignInTest {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .timeout(Duration.ofSeconds(30));
    }

    private CompletableFuture<HttpResponse<String>> signIn() {
        String body = "{\"email\":\"" + Person.unique() + "@example.org\",\"password\":\"not the password\"}";
        return http.sendAsync(
                to("/api/v1/sessions")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @CanIgnoreReturnValue
    private long timed(HttpRequest request) throws Exception {
        long start = System.nanoTime();
        assertEquals(
                200, http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        return (System.nanoTime() - start) / 1_000;
    }

    @Test
    void a_hundred_sign_ins_at_once_stall_nobody_else() throws Exception {
        Person ada = Person.named("Ada");
        var live = to("/q/health/live").build();
        var me = to("/api/v1/me")
                .header("Authorization", "Bearer " + ada.token())
                .build();
        timed(live);
        timed(me);
        var lives = new ArrayList<Long>();
        var mes = new ArrayList<Long>();
        var statuses = new ArrayList<Integer>();
        for (int round = 0; round < 3; round++) {
            var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (int i = 0; i < 100; i++) answers.add(signIn());
            var all = CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
            while (!all.isDone()) {
                lives.add(timed(live));
                mes.add(timed(me));
            }
            for (var answer : answers) {
                statuses.add(answer.get().statusCode());
                if (answer.get().statusCode() == 503) {
                    assertTrue(
                            answer.get().body().contains("\"code\":\"busy\""),
                            answer.get().body());
                    assertTrue(answer.get().headers().firstValue("Retry-After").isPresent());
                }
            }
        }
        long refused = statuses.stream().filter(it -> it == 401).count();
        long busy = statuses.stream().filter(it -> it == 503).count();
        assertEquals(300, refused + busy, statuses.toString());
        assertTrue(busy > 0, "beyond the queue");
        assertTrue(refused >= 64, "the queue is worked off: " + refused);
        System.out.printf(
                "300 sign-ins in three bursts: %d hashed, %d busy; %d times meanwhile GET /q/health/live p50 %.1f ms, p99 %.1f ms, GET /me p50 %.1f ms, p99 %.1f ms%n",
                refused,
                busy,
                lives.size(),
                percentile(lives, 50),
                percentile(lives, 99),
                percentile(mes, 50),
                percentile(mes, 99));
    }

    private static double percentile(List<Long> micros, int percent) {
        var sorted = new ArrayList<>(micros);
        Collections.sort(sorted);
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100)) / 1_000.0;
    }
}
