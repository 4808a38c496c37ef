package org.townsquare.events;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Rows;

@QuarkusTest
@QuarkusTestResource(Database.class)
class DueEventsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    DueEvents due;

    @Test
    void what_is_past_its_closing_time_is_closed_once() {
        Gathering past = Gathering.of(Map.of("closesAt", "2026-01-01T00:00:00Z"));
        Gathering open = Gathering.open();
        List<Void> done = Uni.join()
                .all(due.close(), due.close(), due.close())
                .andFailFast()
                .await()
                .atMost(PATIENCE);
        assertEquals(3, done.size());
        past.host().sends().get(past.path()).then().body("state", is("CLOSED")).body("phase", is("CLOSED"));
        open.host().sends().get(open.path()).then().body("state", is("OPEN"));
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from event where id = ?::uuid and closed_by is null and closed_at = closes_at and version = 1",
                        past.id()));
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from journal_entry where kind = 'EventClosed' and subject_id = ?::uuid and credential = 'SYSTEM' and actor_id is null",
                        past.id()));
    }

    @Test
    void an_event_that_cannot_be_closed_does_not_keep_others_open() {
        Gathering broken = Gathering.of(Map.of("closesAt", "2026-01-01T00:00:00Z"));
        Gathering later = Gathering.of(Map.of("closesAt", "2026-01-02T00:00:00Z"));
        String refusal = "event_test_" + broken.id().replace("-", "");
        Rows.change("alter table event add constraint " + refusal + " check (id <> '" + broken.id()
                + "' or state = 'OPEN')");
        try {
            due.close().await().atMost(PATIENCE);
            later.host().sends().get(later.path()).then().body("state", is("CLOSED"));
            broken.host().sends().get(broken.path()).then().body("state", is("OPEN"));
        } finally {
            Rows.change("alter table event drop constraint " + refusal);
        }
        due.close().await().atMost(PATIENCE);
        broken.host().sends().get(broken.path()).then().body("state", is("CLOSED"));
    }

    @Test
    void a_week_after_its_end_an_event_knows_no_device() {
        Gathering old = Gathering.open();
        Gathering recent = Gathering.open();
        Gathering lasting = Gathering.of(Map.of("closesAt", "2099-01-01T00:00:00Z"));
        for (Gathering event : new Gathering[] {old, recent, lasting})
            event.checkInAnonymously().statusCode(201).header("Set-Cookie", org.hamcrest.Matchers.notNullValue());
        String moved =
                "update event set start_time = clock_timestamp() - interval '%s', closes_at = %s where id = ?::uuid";
        Rows.change(moved.formatted("7 days 61 minutes", "clock_timestamp() - interval '6 days'"), old.id());
        Rows.change(moved.formatted("7 days 59 minutes", "clock_timestamp() - interval '6 days'"), recent.id());
        Rows.change(moved.formatted("30 days", "closes_at"), lasting.id());
        due.forgetDevices().await().atMost(PATIENCE);
        assertEquals(0, devices(old));
        assertEquals(2, devices(recent));
        assertEquals(2, devices(lasting));
        // opened again it tells devices apart anew
        old.act("reopening", Map.of("reason", "x", "closesAt", "2099-01-01T00:00:00Z"))
                .statusCode(200);
        var cookie = old.checkInAnonymously()
                .statusCode(201)
                .body("receipt", org.hamcrest.Matchers.notNullValue())
                .extract()
                .cookie("ts_d");
        assertEquals(2, devices(old));
        org.townsquare.town.Person.nobody()
                .cookie("ts_d", cookie)
                .body(Map.of("code", old.code()))
                .post("/api/v1/check-ins")
                .then()
                .statusCode(200)
                .body("receipt", nullValue());
    }

    /** The pepper and the hashes that stand. */
    private static long devices(Gathering event) {
        return Rows.count(
                "select (select count(device_pepper) from event where id = ?::uuid) + (select count(device_hash) from attendance where event_id = ?::uuid)",
                event.id(),
                event.id());
    }
}
