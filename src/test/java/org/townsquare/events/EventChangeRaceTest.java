package org.townsquare.events;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Gate;
import org.townsquare.town.Gathering;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Rush;

/** Organisers change an event while people check in to it. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class EventChangeRaceTest {
    @Test
    void an_event_is_not_deleted_under_a_check_in_that_runs() throws Exception {
        Gathering event = Gathering.of(Map.of("capacity", 3));
        Person bob = Person.quickly("Bob");
        CompletableFuture<Rush.Answer> checkIn;
        CompletableFuture<Rush.Answer> deletion;
        try (Gate gate = before(bob)) {
            checkIn = checkIn(event, bob);
            gate.reached();
            deletion = deletion(event);
            gate.reachedBehind();
        }
        assertEquals(201, checkIn.get().status());
        assertEquals(409, deletion.get().status());
        assertEquals("event-has-attendances", deletion.get().body().getString("code"));
        assertEquals(1, attendances(event));
    }

    @Test
    void a_group_is_not_deleted_under_a_check_in_that_runs() throws Exception {
        Gathering event = Gathering.open();
        CompletableFuture<Rush.Answer> checkIn;
        CompletableFuture<Rush.Answer> deletion;
        Person bob = Person.quickly("Bob");
        try (Gate gate = before(bob)) {
            checkIn = checkIn(event, bob);
            gate.reached();
            deletion = delete(event, "/api/v1/event-groups/" + event.groupId());
            gate.reachedBehind();
        }
        assertEquals(201, checkIn.get().status());
        assertEquals("group-has-attendances", deletion.get().body().getString("code"));
        assertEquals(1, attendances(event));
    }

    @Test
    void a_check_in_that_meets_a_deletion_finds_no_event() throws Exception {
        for (var more : List.<Map<String, ?>>of(Map.of(), Map.of("capacity", 3))) {
            Gathering event = Gathering.of(more);
            CompletableFuture<Rush.Answer> checkIn;
            CompletableFuture<Rush.Answer> deletion;
            // the deletion has counted the attendances and waits before it commits
            try (Gate gate = Gate.onWritesTo("retired_code")) {
                deletion = deletion(event);
                gate.reached();
                checkIn = checkIn(event, Person.quickly("Bob"));
                gate.reachedBehind();
            }
            assertEquals(204, deletion.get().status());
            assertEquals(404, checkIn.get().status(), () -> String.valueOf(checkIn.join()));
            assertEquals("code-unknown", checkIn.get().body().getString("code"));
            assertEquals(0, attendances(event));
        }
    }

    @Test
    void who_checks_in_while_the_first_capacity_is_set_has_a_place() throws Exception {
        Gathering event = Gathering.open();
        CompletableFuture<Rush.Answer> before;
        CompletableFuture<Rush.Answer> change;
        Person bob = Person.quickly("Bob");
        try (Gate gate = before(bob)) {
            before = checkIn(event, bob);
            gate.reached();
            change = capacity(event, 2);
            gate.reachedBehind();
        }
        assertEquals(201, before.get().status());
        assertEquals(200, change.get().status());
        assertEquals(1, taken(event));
    }

    @Test
    void the_first_capacity_under_a_rush_is_never_passed() throws Exception {
        Gathering event = Gathering.open();
        var people = new ArrayList<CompletableFuture<Rush.Answer>>();
        var guests = new ArrayList<Person>();
        for (int i = 0; i < 60; i++) guests.add(Person.quickly("Guest"));
        for (Person guest : guests.subList(0, 20)) people.add(checkIn(event, guest));
        var change = capacity(event, 30);
        for (Person guest : guests.subList(20, 60)) people.add(checkIn(event, guest));
        long made = 0;
        for (var answer : people) {
            int status = answer.get().status();
            assertTrue(List.of(201, 409, 503).contains(status), () -> String.valueOf(answer.join()));
            if (status == 201) made++;
        }
        assertEquals(made, attendances(event));
        if (change.get().status() == 200) {
            assertTrue(made <= 30, made + " of 30");
            assertEquals(made, taken(event));
        } else assertEquals("capacity-below-attendance", change.get().body().getString("code"));
    }

    @Test
    void a_place_that_is_about_to_be_taken_is_not_taken_away() throws Exception {
        Gathering event = Gathering.of(Map.of("capacity", 2));
        event.checkInAnonymously().statusCode(201);
        CompletableFuture<Rush.Answer> checkIn;
        CompletableFuture<Rush.Answer> change;
        Person bob = Person.quickly("Bob");
        try (Gate gate = before(bob)) {
            checkIn = checkIn(event, bob);
            gate.reached();
            change = capacity(event, 1);
            gate.reachedBehind();
        }
        assertEquals(201, checkIn.get().status());
        assertEquals("capacity-below-attendance", change.get().body().getString("code"));
        assertEquals(2, attendances(event));
        assertEquals(2, taken(event));
    }

    @Test
    void a_capacity_that_rises_and_falls_under_a_rush_is_never_passed() throws Exception {
        Gathering event = Gathering.of(Map.of("capacity", 40));
        var people = new ArrayList<CompletableFuture<Rush.Answer>>();
        var changes = new ArrayList<CompletableFuture<Rush.Answer>>();
        var guests = new ArrayList<Person>();
        for (int i = 0; i < 80; i++) guests.add(Person.quickly("Guest"));
        for (int i = 0; i < guests.size(); i++) {
            people.add(checkIn(event, guests.get(i)));
            if (i % 8 == 0) changes.add(capacity(event, List.of(20, 45, 30, 50).get(i / 8 % 4)));
        }
        long made = 0;
        for (var answer : people) {
            int status = answer.get().status();
            assertTrue(List.of(201, 409, 503).contains(status), () -> String.valueOf(answer.join()));
            if (status == 201) made++;
        }
        for (var answer : changes)
            assertTrue(List.of(200, 409).contains(answer.get().status()), () -> String.valueOf(answer.join()));
        assertEquals(made, attendances(event));
        assertEquals(made, taken(event));
        long capacity = Rows.count("select capacity from event where id = ?::uuid", event.id());
        assertEquals(capacity, Rows.count("select count(*) from event_seat where event_id = ?::uuid", event.id()));
        assertTrue(made <= capacity, made + " of " + capacity);
        assertEquals(0, Rows.count("select count(*) from invariant_oversold_event where id = ?::uuid", event.id()));
    }

    @Test
    void nobody_checks_in_with_an_old_code_once_the_new_one_is_told() throws Exception {
        Gathering event = Gathering.open();
        var rush = new ArrayList<CompletableFuture<Rush.Answer>>();
        for (int i = 0; i < 60; i++) rush.add(checkIn(event, Person.quickly("Guest")));
        event.act("code", Map.of()).statusCode(200);
        long begun = Rows.count("select (extract(epoch from clock_timestamp()) * 1000000)::bigint");
        event.checkInAnonymously().statusCode(410).body("code", is("code-replaced"));
        long made = 0;
        for (var answer : rush) {
            assertTrue(List.of(201, 410).contains(answer.get().status()), () -> String.valueOf(answer.join()));
            if (answer.get().status() == 201) made++;
        }
        assertEquals(made, attendances(event));
        assertEquals(
                0,
                Rows.count(
                        "select count(*) from attendance where event_id = ?::uuid and extract(epoch from checked_in_at) * 1000000 > ?",
                        event.id(),
                        begun));
    }

    @Test
    void a_new_code_does_not_wait_for_a_check_in_that_runs() throws Exception {
        Gathering event = Gathering.open();
        CompletableFuture<Rush.Answer> checkIn;
        Person bob = Person.quickly("Bob");
        try (Gate gate = before(bob)) {
            checkIn = checkIn(event, bob);
            gate.reached();
            event.act("code", Map.of()).statusCode(200);
        }
        assertEquals(201, checkIn.get().status());
    }

    /** A check-in of this person has all its rows, and waits for theirs before it commits. */
    private static Gate before(Person person) throws Exception {
        return Gate.on("select from users where id = '" + person.id() + "' for update");
    }

    private static CompletableFuture<Rush.Answer> checkIn(Gathering event, Person person) {
        return Rush.send(person, "POST", "/api/v1/check-ins", Map.of("code", event.code()));
    }

    private static CompletableFuture<Rush.Answer> deletion(Gathering event) {
        return delete(event, event.path());
    }

    private static CompletableFuture<Rush.Answer> delete(Gathering event, String path) {
        return CompletableFuture.supplyAsync(() -> {
            var answer = EventChangesTest.deleted(event.host(), path).extract();
            String body = answer.asString();
            return new Rush.Answer(
                    answer.statusCode(),
                    body.isEmpty() ? new io.vertx.core.json.JsonObject() : new io.vertx.core.json.JsonObject(body));
        });
    }

    private static CompletableFuture<Rush.Answer> capacity(Gathering event, int places) {
        return CompletableFuture.supplyAsync(() -> {
            var answer =
                    EventChangesTest.changed(event, Map.of("capacity", places)).extract();
            return new Rush.Answer(answer.statusCode(), new io.vertx.core.json.JsonObject(answer.asString()));
        });
    }

    private static long attendances(Gathering event) {
        return Rows.count("select count(*) from attendance where event_id = ?::uuid", event.id());
    }

    private static long taken(Gathering event) {
        return Rows.count(
                "select count(*) from event_seat where event_id = ?::uuid and attendance_id is not null", event.id());
    }
}
