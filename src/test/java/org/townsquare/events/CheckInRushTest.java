package org.townsquare.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Rows;

/**
 * Goal R12, the check-in rush: 2,000 people in 60 s at one event are all answered, each once. {@code -Pchaos} lets them all come, and looks at how long
 * they wait: 99 of 100 less than a second. Every build lets the first 200 come, in 6 s.
 */
@QuarkusTest
@QuarkusTestResource(Database.class)
class CheckInRushTest {
    private static final int ALL = 2_000;
    private static final int PEOPLE = Integer.getInteger("townsquare.rush.people", 200);
    private static final Duration BETWEEN = Duration.ofSeconds(60).dividedBy(ALL);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** How long somebody waited for which answer. */
    private record Served(int status, long nanos) {}

    @Test
    void who_comes_in_a_rush_is_answered_once_and_soon() {
        Gathering event = Gathering.open();
        var served = new ArrayList<CompletableFuture<Served>>();
        long begin = System.nanoTime();
        for (int i = 0; i < PEOPLE; i++) {
            LockSupport.parkNanos(begin + i * BETWEEN.toNanos() - System.nanoTime());
            served.add(arrive(event, i));
            // a double tap, as people do it
            if (i % 10 == 0) served.add(arrive(event, i));
        }
        var answers = served.stream().map(CompletableFuture::join).toList();
        assertEquals(PEOPLE, answers.stream().filter(it -> it.status() == 201).count());
        assertEquals(
                served.size() - PEOPLE,
                answers.stream().filter(it -> it.status() == 200).count());
        assertEquals(PEOPLE, Rows.count("select count(*) from attendance where event_id = ?::uuid", event.id()));
        assertEquals(
                PEOPLE,
                Rows.count(
                        "select count(*) from journal_entry e join attendance a on a.id = e.subject_id where e.kind = 'CheckedIn' and a.event_id = ?::uuid",
                        event.id()));
        long slow = answers.stream()
                .filter(it -> it.nanos() >= Duration.ofSeconds(1).toNanos())
                .count();
        System.out.printf(
                "%d check-ins and %d repeats at one event: p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                PEOPLE, served.size() - PEOPLE, millis(answers, 0.5), millis(answers, 0.99), millis(answers, 1));
        if (PEOPLE >= ALL)
            assertTrue(slow * 100 <= answers.size(), slow + " of " + answers.size() + " waited a second or more");
    }

    /** So long this part of all waited at most. */
    private static double millis(List<Served> answers, double part) {
        long[] nanos = answers.stream().mapToLong(Served::nanos).sorted().toArray();
        return nanos[(int) Math.ceil(part * nanos.length) - 1] / 1e6;
    }

    private CompletableFuture<Served> arrive(Gathering event, int person) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/api/v1/check-ins"))
                .header("Content-Type", "application/json")
                .header("Cookie", "ts_d=%022d".formatted(person))
                .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"" + event.code() + "\"}"))
                .build();
        long begin = System.nanoTime();
        return client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .thenApply(answer -> new Served(answer.statusCode(), System.nanoTime() - begin));
    }
}
