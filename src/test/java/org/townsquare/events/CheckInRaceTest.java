package org.townsquare.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;

@QuarkusTest
@QuarkusTestResource(Database.class)
class CheckInRaceTest {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void two_hundred_taps_of_one_person_are_one_check_in() throws Exception {
        Gathering event = Gathering.open();
        Person bob = Person.named("Bob");
        var answers = rush(200, i -> request(event).header("Authorization", "Bearer " + bob.token()));
        assertOneAmong(answers, event);
    }

    @Test
    void two_hundred_taps_on_one_device_are_one_check_in() throws Exception {
        Gathering event = Gathering.open();
        var answers = rush(200, i -> request(event).header("Cookie", "ts_d=abcdefghijklmnopqrstuv"));
        assertOneAmong(answers, event);
    }

    @Test
    void of_two_hundred_requests_with_one_key_one_checks_in() throws Exception {
        Gathering event = Gathering.open();
        String key = UUID.randomUUID().toString();
        var answers = rush(200, i -> request(event).header("Idempotency-Key", key));
        var done = answers.stream().filter(it -> it.statusCode() == 201).toList();
        assertEquals(
                1,
                done.stream()
                        .filter(it ->
                                it.headers().firstValue("Idempotency-Replayed").isEmpty())
                        .count());
        assertEquals(1, done.stream().map(HttpResponse::body).distinct().count());
        for (var answer : answers)
            if (answer.statusCode() != 201)
                assertEquals("idempotency-running", read(answer).get("code").textValue());
        assertEquals(1, attendances(event));
        assertEquals(1, facts(event));
    }

    @Test
    void a_key_that_races_for_two_events_is_used_for_one() throws Exception {
        Gathering one = Gathering.open();
        Gathering two = Gathering.in(one.village(), Map.of());
        for (int round = 0; round < 5; round++) {
            String key = UUID.randomUUID().toString();
            var answers = rush(20, i -> request(i % 2 == 0 ? one : two).header("Idempotency-Key", key));
            assertTrue(List.of(201, 409, 422).containsAll(statuses(answers).keySet()));
        }
        assertEquals(5, attendances(one) + attendances(two));
    }

    @Test
    void two_hundred_people_at_once_are_all_there() throws Exception {
        Gathering event = Gathering.open();
        var answers = rush(200, i -> request(event));
        assertEquals(Map.of(201, 200L), statuses(answers));
        assertEquals(
                200,
                answers.stream()
                        .map(it -> read(it).get("id").textValue())
                        .distinct()
                        .count());
        assertEquals(200, attendances(event));
        assertEquals(200, facts(event));
    }

    @Test
    void every_place_is_taken_and_none_twice() throws Exception {
        Gathering event = Gathering.of(Map.of("capacity", 20));
        // every third request is a repeat of the one before it
        var answers = rush(100, i -> request(event).header("Cookie", "ts_d=%022d".formatted(i % 3 == 2 ? i - 1 : i)));
        var statuses = statuses(answers);
        assertEquals(20, statuses.get(201));
        assertEquals(100, statuses.values().stream().mapToLong(it -> it).sum());
        assertTrue(List.of(200, 201, 409).containsAll(statuses.keySet()), statuses::toString);
        for (var answer : answers)
            if (answer.statusCode() == 409)
                assertEquals("event-full", read(answer).get("code").textValue());
        assertEquals(20, attendances(event));
        assertEquals(20, facts(event));
        assertEquals(
                20,
                Rows.count(
                        "select count(*) from event_seat s join attendance a on a.id = s.attendance_id and a.event_id = s.event_id where s.event_id = ?::uuid",
                        event.id()));
    }

    @Test
    void no_check_in_comes_after_the_closing() throws Exception {
        Gathering event = Gathering.open();
        var rush = CompletableFuture.supplyAsync(() -> {
            try {
                return rush(150, i -> request(event));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        event.act("closure", Map.of()).statusCode(200);
        event.checkInAnonymously().statusCode(409);
        var answers = rush.get();
        var statuses = statuses(answers);
        assertTrue(List.of(201, 409).containsAll(statuses.keySet()), statuses::toString);
        assertEquals(statuses.getOrDefault(201, 0L), attendances(event));
        assertEquals(attendances(event), facts(event));
    }

    private void assertOneAmong(List<HttpResponse<String>> answers, Gathering event) {
        assertEquals(Map.of(201, 1L, 200, 199L), statuses(answers));
        assertEquals(
                1, answers.stream().map(it -> read(it).get("id")).distinct().count());
        assertEquals(
                1,
                answers.stream()
                        .map(it -> read(it).get("checkedInAt"))
                        .distinct()
                        .count());
        assertEquals(1, attendances(event));
        assertEquals(1, facts(event));
    }

    private HttpRequest.Builder request(Gathering event) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/api/v1/check-ins"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"" + event.code() + "\"}"));
    }

    private List<HttpResponse<String>> rush(int size, IntFunction<HttpRequest.Builder> request) throws Exception {
        var running = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (var one : IntStream.range(0, size).mapToObj(request).toList())
            running.add(client.sendAsync(one.build(), HttpResponse.BodyHandlers.ofString()));
        var answers = new ArrayList<HttpResponse<String>>();
        for (var one : running) answers.add(one.get());
        return answers;
    }

    private static Map<Integer, Long> statuses(List<HttpResponse<String>> answers) {
        return new HashMap<>(
                answers.stream().collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting())));
    }

    private JsonNode read(HttpResponse<String> answer) {
        try {
            return json.readTree(answer.body());
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long attendances(Gathering event) {
        return Rows.count("select count(*) from attendance where event_id = ?::uuid", event.id());
    }

    private static long facts(Gathering event) {
        return Rows.count(
                "select count(*) from journal_entry e join attendance a on a.id = e.subject_id where e.kind = 'CheckedIn' and a.event_id = ?::uuid",
                event.id());
    }
}
