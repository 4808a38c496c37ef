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
import java.util.Random;
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

/** Goal R2, the last seat and the double check-in: exactly one winner, never oversold. {@code -Pchaos} makes it long. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class CheckInRaceTest {
    private static final int ROUNDS = Integer.getInteger("townsquare.race.rounds", 3);
    private static final int AT_ONCE = Integer.getInteger("townsquare.race.at-once", 12);

    /** For three places in five; a third of them asks twice. */
    private static final int PEOPLE = Integer.getInteger("townsquare.race.people", 100);

    private static final long SEED = 20261120;
    private static final int BUSY = 503;

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
    void two_hundred_requests_with_one_client_id_are_one_check_in() throws Exception {
        Gathering event = Gathering.open();
        String client = UUID.randomUUID().toString();
        assertOneAmong(rush(200, i -> request(event, client)), event);
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
    void every_place_is_taken_and_none_twice_and_a_void_lets_exactly_one_more_in() throws Exception {
        int places = PEOPLE * 3 / 5;
        Gathering event = Gathering.of(Map.of("capacity", places));
        var answers = inTheEnd(PEOPLE + PEOPLE / 3, i -> byDevice(event, i < PEOPLE ? i : 3 * (i - PEOPLE)));
        var first = answers.subList(0, PEOPLE);
        assertEquals(
                places,
                first.stream().filter(it -> it.statusCode() / 100 == 2).count(),
                () -> statuses(first).toString());
        assertEquals(
                PEOPLE - places,
                first.stream()
                        .filter(it -> "event-full".equals(read(it).path("code").textValue()))
                        .count());
        // a repeat is answered as the first was
        for (int i = PEOPLE; i < answers.size(); i++)
            assertEquals(
                    answers.get(3 * (i - PEOPLE)).statusCode() / 100,
                    answers.get(i).statusCode() / 100);
        assertEquals(places, attendances(event));
        assertEquals(places, facts(event));
        assertSeated(event, places);

        String voided = Database.texts("select id from attendance where event_id = ?::uuid limit 1", event.id())
                .get(0);
        event.host()
                .sends(Map.of("reason", "Left."))
                .post("/api/v1/check-ins/" + voided + "/voiding")
                .then()
                .statusCode(200);
        assertSeated(event, places - 1);
        var late = inTheEnd(AT_ONCE, i -> byDevice(event, 2 * PEOPLE + i));
        assertEquals(1, late.stream().filter(it -> it.statusCode() == 201).count());
        assertEquals(
                AT_ONCE - 1, late.stream().filter(it -> it.statusCode() == 409).count());
        assertSeated(event, places);
        assertEquals(places + 1, attendances(event));
        assertEquals(List.of(), Database.texts("select id::varchar from invariant_oversold_event"));
    }

    @Test
    void the_last_place_has_one_winner() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Gathering event = Gathering.of(Map.of("capacity", 1));
            var answers = inTheEnd(AT_ONCE, i -> byDevice(event, i));
            assertEquals(Map.of(201, 1L, 409, AT_ONCE - 1L), statuses(answers));
            assertSeated(event, 1);
            assertEquals(1, facts(event));
        }
    }

    @Test
    void a_person_who_comes_by_themselves_and_by_staff_at_once_is_there_once() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Gathering event = Gathering.of(Map.of("capacity", 2));
            Person bob = event.village().member("Bob");
            String known = "{\"participantId\":\"" + bob.id() + "\"}";
            // one of the staff lets in 60 at once
            var staff = new ArrayList<Person>();
            for (int i = 0; i <= AT_ONCE / 100; i++)
                staff.add(event.village().enrolled(Person.quickly("Olga"), "ACTIVE", "CITIZEN", "ORGANIZER"));
            var answers = inTheEnd(
                    AT_ONCE,
                    i -> i % 2 == 0
                            ? request(event).header("Authorization", "Bearer " + bob.token())
                            : post(event.path() + "/check-ins", known)
                                    .header(
                                            "Authorization",
                                            "Bearer "
                                                    + staff.get(i / 2 % staff.size())
                                                            .token()));
            assertEquals(Map.of(201, 1L, 200, AT_ONCE - 1L), statuses(answers));
            assertEquals(
                    1, answers.stream().map(it -> read(it).get("id")).distinct().count());
            assertEquals(1, attendances(event));
            assertSeated(event, 1);
        }
    }

    @Test
    void who_claims_and_checks_in_at_once_has_one_check_in() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Gathering event = Gathering.open();
            Person bob = Person.named("Bob");
            String device = "%022d".formatted(round);
            String id = read(inTheEnd(1, i -> byDevice(event, device)).get(0))
                    .get("id")
                    .textValue();
            var answers = inTheEnd(
                    AT_ONCE,
                    i -> (i % 2 == 0 ? request(event) : post("/api/v1/check-ins/" + id + "/claim", "{}"))
                            .header("Cookie", "ts_d=" + device)
                            .header("Authorization", "Bearer " + bob.token()));
            for (var answer : answers) assertEquals(2, answer.statusCode() / 100, answer::body);
            assertEquals(
                    1, answers.stream().map(it -> read(it).get("id")).distinct().count());
            assertEquals(
                    1,
                    Rows.count(
                            "select count(*) from attendance where event_id = ?::uuid and voided_at is null",
                            event.id()));
        }
    }

    /** What began while the event was open stands, also where it ends after the closing; nothing begins later. */
    @Test
    void no_check_in_begins_after_the_closing() throws Exception {
        int taken = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Gathering event = Gathering.open();
            int turn = new Random(SEED + round).nextInt(100);
            var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (int i = 0; i < turn; i++) answers.add(send(request(event)));
            var closure = send(post(event.path() + "/closure", "{}")
                    .header("Authorization", "Bearer " + event.host().token()));
            for (int i = turn; i < 100; i++) answers.add(send(request(event)));
            assertEquals(200, closure.get().statusCode());
            String closed = Database.texts("select clock_timestamp()").get(0);
            for (int i = 0; i < 100; i++) answers.add(send(request(event)));
            int in = 0;
            for (var answer : answers) {
                var it = answer.get();
                if (it.statusCode() == 201) in++;
                else assertEquals("check-in-closed", read(it).get("code").textValue());
            }
            assertEquals(in, attendances(event));
            assertEquals(in, facts(event));
            assertEquals(
                    0,
                    Rows.count(
                            "select count(*) from attendance where event_id = ?::uuid and checked_in_at > ?::timestamptz",
                            event.id(),
                            closed));
            taken += in;
            refused += answers.size() - in;
        }
        assertTrue(taken > 0 && refused >= 100 * ROUNDS, taken + " taken, " + refused + " refused");
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

    private static HttpRequest.Builder request(Gathering event) {
        return post("/api/v1/check-ins", "{\"code\":\"" + event.code() + "\"}");
    }

    private static HttpRequest.Builder request(Gathering event, String clientId) {
        return post("/api/v1/check-ins", "{\"code\":\"" + event.code() + "\",\"clientId\":\"" + clientId + "\"}");
    }

    private static HttpRequest.Builder byDevice(Gathering event, int number) {
        return byDevice(event, "%022d".formatted(number));
    }

    private static HttpRequest.Builder byDevice(Gathering event, String device) {
        return request(event).header("Cookie", "ts_d=" + device);
    }

    private static HttpRequest.Builder post(String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** As a client does that is told to come again. */
    private List<HttpResponse<String>> inTheEnd(int size, IntFunction<HttpRequest.Builder> request) throws Exception {
        var answers = rush(size, request);
        for (int i = 0; i < size; i++)
            for (int tries = 0; answers.get(i).statusCode() == BUSY && tries < 20; tries++)
                answers.set(i, send(request.apply(i)).get());
        return answers;
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void assertSeated(Gathering event, int places) {
        assertEquals(
                places,
                Rows.count(
                        "select count(*) from event_seat s join attendance a on a.id = s.attendance_id and a.event_id = s.event_id and a.voided_at is null where s.event_id = ?::uuid",
                        event.id()));
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
