package org.townsquare.events;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.townsquare.platform.Problem;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;

/** What a replica takes. Over HTTP time stands still, so that no bucket fills while a slow machine works. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class CheckInLimitsTest {
    private final AtomicLong now = new AtomicLong();

    private void limits(int perSecond, int perMinute) {
        QuarkusMock.installMockForType(new CheckInLimits(perSecond, perMinute, now::get), CheckInLimits.class);
    }

    @Test
    void a_person_makes_so_many_new_check_ins_in_a_minute_and_repeats_are_free() {
        limits(0, 2);
        Gathering first = Gathering.open();
        Gathering second = Gathering.in(first.village(), Map.of());
        Gathering third = Gathering.in(first.village(), Map.of());
        Person bob = Person.named("Bob");
        first.checkIn(bob).statusCode(201);
        for (int i = 0; i < 3; i++) first.checkIn(bob).statusCode(200);
        second.checkIn(bob).statusCode(201);
        third.checkIn(bob)
                .statusCode(429)
                .body("code", is("rate-limited"))
                .header("Retry-After", Integer::parseInt, is(30));
        first.checkIn(bob).statusCode(200).body("result", is("ALREADY_CHECKED_IN"));
        third.checkIn(Person.named("Eve")).statusCode(201);
        // no more is told to who may do no more: a closed event is closed, a code that is none is a guess
        third.act("closure", Map.of());
        third.checkIn(bob).statusCode(409).body("code", is("check-in-closed"));
        bob.sends(Map.of("code", "ZZZZ0000")).post("/api/v1/check-ins").then().statusCode(404);
        third.act("reopening", Map.of("reason", "x"));
        now.addAndGet(Duration.ofSeconds(30).toNanos());
        third.checkIn(bob).statusCode(201);
        assertEquals(2, Rows.count("select count(*) from attendance where event_id = ?::uuid", third.id()));
    }

    @Test
    void a_device_is_bounded_like_a_person_and_a_hall_of_new_ones_is_not() {
        limits(0, 1);
        Gathering first = Gathering.open();
        Gathering second = Gathering.in(first.village(), Map.of());
        for (int i = 0; i < 5; i++) first.checkInAnonymously().statusCode(201);
        byDevice(first).statusCode(201);
        byDevice(first).statusCode(200);
        byDevice(second).statusCode(429).body("code", is("rate-limited"));
    }

    private static io.restassured.response.ValidatableResponse byDevice(Gathering event) {
        return Person.nobody()
                .cookie("ts_d", "abcdefghijklmnopqrstuv")
                .body(Map.of("code", event.code()))
                .post("/api/v1/check-ins")
                .then();
    }

    @Test
    void an_event_takes_so_many_in_a_second_and_others_do_not_wait_for_it() {
        limits(3, 0);
        Gathering event = Gathering.open();
        for (int i = 0; i < 3; i++) event.checkInAnonymously().statusCode(201);
        event.checkInAnonymously()
                .statusCode(503)
                .body("code", is("busy"))
                .header("Retry-After", Integer::parseInt, greaterThan(0));
        Gathering.in(event.village(), Map.of()).checkInAnonymously().statusCode(201);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        event.checkInAnonymously().statusCode(201);
        assertEquals(4, Rows.count("select count(*) from attendance where event_id = ?::uuid", event.id()));
    }

    @Test
    void whom_the_page_has_no_room_for_now_may_press_the_button_again() {
        limits(1, 0);
        Gathering event = Gathering.open();
        event.checkInAnonymously().statusCode(201);
        for (int i = 0; i < 2; i++)
            Person.nobody()
                    .header("Accept", "text/html")
                    .header("Sec-Fetch-Site", "same-origin")
                    .cookie("ts_d", "abcdefghijklmnopqrstuv")
                    .post("/c/" + event.code())
                    .then()
                    .statusCode(503)
                    .header("Retry-After", Integer::parseInt, greaterThan(0))
                    .body(containsString("Try again in a moment"))
                    .body(containsString("<button type=\"submit\">Check in</button>"));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        Person.nobody()
                .header("Accept", "text/html")
                .header("Sec-Fetch-Site", "same-origin")
                .cookie("ts_d", "abcdefghijklmnopqrstuv")
                .post("/c/" + event.code())
                .then()
                .statusCode(201);
    }

    @Test
    void without_limits_nothing_is_counted() {
        var none = new CheckInLimits(0, 0, now::get);
        for (int i = 0; i < 10_000; i++) {
            none.requireRoom(new EventCode("7K3M9QXR"));
            none.count("bob");
        }
        assertNull(none.refusal("bob"));
    }

    @Test
    void staff_let_in_sixty_at_once_and_twenty_a_second() {
        var limits = new CheckInLimits(0, 0, now::get);
        UUID olga = new UUID(0, 1);
        for (int i = 0; i < 60; i++) limits.requireRoom(olga);
        assertEquals("rate-limited", assertThrows(Problem.TooMany.class, () -> limits.requireRoom(olga)).code);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        for (int i = 0; i < 20; i++) limits.requireRoom(olga);
        assertNotNull(assertThrows(Problem.TooMany.class, () -> limits.requireRoom(olga)));
    }
}
