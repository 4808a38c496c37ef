package org.townsquare.events;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class EventChangesTest {
    @Test
    void a_group_is_renamed_described_and_deleted() {
        Village village = Village.open();
        String group = "/api/v1/event-groups/" + Gathering.group(village);
        String tag = village.founder().sends().get(group).header("ETag");
        village.founder()
                .sends(Map.of("name", "x"))
                .patch(group)
                .then()
                .statusCode(428)
                .body("code", is("if-match-required"));
        var changed = village.founder()
                .sends(Map.of("name", " Evenings ", "description", "On Mondays."))
                .header("If-Match", tag)
                .patch(group)
                .then()
                .statusCode(200)
                .body("name", is("Evenings"))
                .body("description", is("On Mondays."))
                .extract();
        village.founder()
                .sends(Map.of("name", "Late"))
                .header("If-Match", tag)
                .patch(group)
                .then()
                .statusCode(412)
                .body("code", is("stale"));
        village.founder()
                .sends(Map.of("description", ""))
                .header("If-Match", changed.header("ETag"))
                .patch(group)
                .then()
                .statusCode(200)
                .body("name", is("Evenings"))
                .body("description", nullValue());
        // the same again is no change
        patched(village.founder(), group, Map.of("name", "Evenings")).statusCode(200);
        patched(village.founder(), group, Map.of("name", " ")).statusCode(422);
        assertEquals(
                List.of("[\"NAME\", \"DESCRIPTION\"]", "[\"DESCRIPTION\"]"),
                Database.texts(
                        "select convert_from(body, 'UTF8')::jsonb->'fact'->>'fields' from journal_entry where kind = 'EventGroupChanged' and community_id = ?::uuid order by created_xid, id",
                        village.id()));
        deleted(village.founder(), group).statusCode(204);
        village.founder().sends().get(group).then().statusCode(404);
        deleted(village.founder(), group).statusCode(404);
        assertEquals(1, facts(village, "EventGroupDeleted"));
    }

    @Test
    void groups_are_found_by_a_part_of_their_name() {
        Village village = Village.open();
        for (String name : List.of("Chess in the park", "Choir", "Spring PARK cleaning"))
            village.founder()
                    .sends(Map.of("name", name))
                    .post(village.path() + "/event-groups")
                    .then()
                    .statusCode(201);
        String groups = village.path() + "/event-groups";
        Person.nobody()
                .queryParam("name", "pArK")
                .get(groups)
                .then()
                .statusCode(200)
                .body("items.name", contains("Spring PARK cleaning", "Chess in the park"));
        Person.nobody().queryParam("name", "%").get(groups).then().body("items", empty());
        Person.nobody()
                .queryParam("name", "x".repeat(201))
                .get(groups)
                .then()
                .statusCode(400)
                .body("code", is("parameter-invalid"));
        var first = Person.nobody()
                .queryParam("name", "park")
                .get(groups + "?limit=1")
                .then()
                .extract();
        Person.nobody()
                .queryParam("name", "park")
                .queryParam("cursor", first.<String>path("next"))
                .get(groups)
                .then()
                .body("items.name", contains("Chess in the park"))
                .body("next", nullValue());
    }

    @Test
    void a_group_goes_with_its_empty_events_and_not_with_attended_ones() {
        Gathering event = Gathering.open();
        String group = "/api/v1/event-groups/" + event.groupId();
        event.checkInAnonymously().statusCode(201);
        deleted(event.host(), group).statusCode(409).body("code", is("group-has-attendances"));
        event.host().sends().get(event.path()).then().statusCode(200);

        Gathering empty = Gathering.in(event.village(), Map.of("capacity", 2));
        deleted(event.host(), "/api/v1/event-groups/" + empty.groupId()).statusCode(204);
        event.host().sends().get(empty.path()).then().statusCode(404);
        assertEquals(0, Rows.count("select count(*) from event_seat where event_id = ?::uuid", empty.id()));
        assertEquals(1, Rows.count("select count(*) from retired_code where code_text = ?", empty.code()));
        assertEquals(
                List.of("[\"" + empty.id() + "\"]"),
                Database.texts(
                        "select convert_from(body, 'UTF8')::jsonb->'fact'->>'events' from journal_entry where kind = 'EventGroupDeleted' and community_id = ?::uuid",
                        event.village().id()));
    }

    @Test
    void every_field_of_an_event_can_be_changed() {
        Gathering event = Gathering.of(Map.of("startTime", "2031-06-01T10:00:00Z"));
        var body = new HashMap<String, Object>(Map.of(
                "title", " Supper ",
                "description", "Bring soup.",
                "place", "The mill",
                "startTime", "2031-06-02T10:00:00.123456789Z",
                "durationMinutes", 90,
                "timeZone", "Asia/Kathmandu",
                "capacity", 7));
        body.put("admission", "SIGNED_IN");
        body.put("opensAt", "2031-06-02T09:00:00Z");
        body.put("closesAt", "2031-06-02T13:00:00Z");
        String tag = changed(event, body)
                .statusCode(200)
                .body("title", is("Supper"))
                .body("description", is("Bring soup."))
                .body("place", is("The mill"))
                .body("startTime", is("2031-06-02T10:00:00.123456Z"))
                .body("endTime", is("2031-06-02T11:30:00.123456Z"))
                .body("timeZone", is("Asia/Kathmandu"))
                .body("capacity", is(7))
                .body("admission", is("SIGNED_IN"))
                .body("opensAt", is("2031-06-02T09:00:00Z"))
                .body("closesAt", is("2031-06-02T13:00:00Z"))
                .body("phase", is("SCHEDULED"))
                .extract()
                .header("ETag");
        assertEquals(7, seats(event));
        event.host().sends(Map.of("title", "x")).patch(event.path()).then().statusCode(428);
        event.host()
                .sends(Map.of("title", "x"))
                .header("If-Match", "\"0\"")
                .patch(event.path())
                .then()
                .statusCode(412);
        event.host()
                .sends(Map.of("description", "", "place", "", "capacity", 0))
                .header("If-Match", tag)
                .patch(event.path())
                .then()
                .statusCode(200)
                .body("description", nullValue())
                .body("place", nullValue())
                .body("capacity", nullValue())
                .body("title", is("Supper"));
        assertEquals(0, seats(event));
        assertEquals(
                List.of(
                        "[\"TITLE\", \"DESCRIPTION\", \"PLACE\", \"START_TIME\", \"DURATION\", \"TIME_ZONE\", \"CAPACITY\", \"ADMISSION\", \"OPENS_AT\", \"CLOSES_AT\"]",
                        "[\"DESCRIPTION\", \"PLACE\", \"CAPACITY\"]"),
                Database.texts(
                        "select convert_from(body, 'UTF8')::jsonb->'fact'->>'fields' from journal_entry where kind = 'EventChanged' and subject_id = ?::uuid order by created_xid, id",
                        event.id()));
    }

    @Test
    void the_schedule_is_another_one_when_a_time_or_the_title_changes() {
        Gathering event = Gathering.open();
        changed(event, Map.of("place", "The mill", "capacity", 5)).statusCode(200);
        assertEquals(0, revision(event));
        changed(event, Map.of("title", "Supper")).statusCode(200);
        changed(event, Map.of("title", "Supper")).statusCode(200);
        assertEquals(1, revision(event));
        changed(event, Map.of("durationMinutes", 61)).statusCode(200);
        changed(event, Map.of("startTime", "2031-06-02T10:00:00Z")).statusCode(200);
        changed(event, Map.of("timeZone", "Europe/Berlin")).statusCode(200);
        assertEquals(4, revision(event));
    }

    @Test
    void the_time_of_check_in_moves_with_the_event_unless_it_is_given() {
        Gathering event = Gathering.of(Map.of("startTime", "2031-06-01T10:00:00Z", "opensAt", "2031-06-01T09:00:00Z"));
        changed(event, Map.of("startTime", "2031-06-08T10:00:00Z", "durationMinutes", 90))
                .statusCode(200)
                .body("opensAt", is("2031-06-08T09:00:00Z"))
                .body("closesAt", is("2031-06-08T23:30:00Z"));
        changed(event, Map.of("startTime", "2031-06-09T10:00:00Z", "closesAt", "2031-06-09T12:00:00Z"))
                .statusCode(200)
                .body("opensAt", is("2031-06-09T09:00:00Z"))
                .body("closesAt", is("2031-06-09T12:00:00Z"));
        changed(event, Map.of("closesAt", "2031-06-09T09:00:00Z"))
                .statusCode(422)
                .body("code", is("check-in-window-empty"));
        changed(event, Map.of("startTime", "9998-12-31T23:00:00Z"))
                .statusCode(422)
                .body("code", is("time-out-of-range"));
        changed(event, Map.of("timeZone", "Mars/Olympus")).statusCode(422).body("code", is("time-zone-unknown"));
        for (var wrong : List.of(
                Map.of("title", " "),
                Map.of("durationMinutes", 0),
                Map.of("durationMinutes", 1441),
                Map.of("capacity", -1),
                Map.of("capacity", 100_001),
                Map.of("place", "x".repeat(201)),
                Map.of("state", "CLOSED"))) changed(event, wrong).statusCode(422);
        event.host().sends().get(event.path()).then().body("closesAt", is("2031-06-09T12:00:00Z"));
    }

    @Test
    void a_cancelled_event_stays_as_it_was() {
        Gathering event = Gathering.open();
        event.act("cancellation", Map.of("reason", "Rain")).statusCode(200);
        changed(event, Map.of("title", "x")).statusCode(410).body("code", is("event-cancelled"));
        event.act("code", Map.of()).statusCode(410).body("code", is("event-cancelled"));
        event.host().sends().get(event.path()).then().body("title", is("Assembly"));
        deleted(event.host(), event.path()).statusCode(204);
    }

    @Test
    void there_are_as_many_places_as_the_capacity_says() {
        Gathering event = Gathering.open();
        for (int i = 0; i < 3; i++) event.checkInAnonymously().statusCode(201);
        changed(event, Map.of("capacity", 2)).statusCode(409).body("code", is("capacity-below-attendance"));
        changed(event, Map.of("capacity", 4)).statusCode(200);
        assertEquals(4, seats(event));
        assertEquals(3, takenSeats(event));
        event.checkInAnonymously().statusCode(201);
        event.checkInAnonymously().statusCode(409).body("code", is("event-full"));
        changed(event, Map.of("capacity", 3)).statusCode(409).body("code", is("capacity-below-attendance"));
        changed(event, Map.of("capacity", 6)).statusCode(200).body("capacity", is(6));
        event.checkInAnonymously().statusCode(201);
        changed(event, Map.of("capacity", 5)).statusCode(200);
        event.checkInAnonymously().statusCode(409).body("code", is("event-full"));
        assertEquals(5, seats(event));
        changed(event, Map.of("capacity", 0)).statusCode(200).body("capacity", nullValue());
        event.checkInAnonymously().statusCode(201);
        assertEquals(0, seats(event));
        changed(event, Map.of("capacity", 5)).statusCode(409).body("code", is("capacity-below-attendance"));
        changed(event, Map.of("capacity", 6)).statusCode(200);
        assertEquals(6, takenSeats(event));
    }

    @Test
    void an_event_without_attendances_is_deleted_and_its_code_is_never_drawn_again() {
        Gathering event = Gathering.of(Map.of("capacity", 3));
        event.host().sends().delete(event.path()).then().statusCode(428);
        event.host()
                .sends()
                .header("If-Match", "\"9\"")
                .delete(event.path())
                .then()
                .statusCode(412);
        deleted(event.host(), event.path()).statusCode(204);
        event.host().sends().get(event.path()).then().statusCode(404);
        event.checkInAnonymously().statusCode(404).body("code", is("code-unknown"));
        assertEquals(1, facts(event.village(), "EventDeleted"));
        assertEquals(0, seats(event));
        assertEquals(1, Rows.count("select count(*) from retired_code where code_text = ?", event.code()));
    }

    @Test
    void an_event_with_attendances_is_not_deleted() {
        Gathering event = Gathering.open();
        event.checkInAnonymously().statusCode(201);
        deleted(event.host(), event.path()).statusCode(409).body("code", is("event-has-attendances"));
        event.host().sends().get(event.path()).then().statusCode(200);
        assertEquals(0, facts(event.village(), "EventDeleted"));
    }

    @Test
    void what_a_proposal_or_a_rule_refers_to_is_not_deleted() {
        Gathering event = Gathering.open();
        event.host()
                .sends(Map.of("title", "Lamps", "description", "x", "presenceEventId", event.id()))
                .post(event.village().path() + "/proposals")
                .then()
                .statusCode(201);
        deleted(event.host(), event.path()).statusCode(409).body("code", is("event-in-use"));
        deleted(event.host(), "/api/v1/event-groups/" + event.groupId())
                .statusCode(409)
                .body("code", is("event-in-use"));
        event.host().sends().get(event.path()).then().statusCode(200);
    }

    @Test
    void a_new_code_takes_the_place_of_the_old_one() {
        Gathering event = Gathering.open();
        String fresh = event.act("code", Map.of())
                .statusCode(200)
                .body("id", is(event.id()))
                .body("codeText", not(event.code()))
                .extract()
                .path("codeText");
        event.checkInAnonymously().statusCode(410).body("code", is("code-replaced"));
        Person.named("Eve")
                .sends(Map.of("code", event.code()))
                .post("/api/v1/check-ins")
                .then()
                .statusCode(410)
                .body("code", is("code-replaced"));
        var again = new Gathering(event.village(), event.groupId(), event.id(), fresh);
        again.checkInAnonymously().statusCode(201);
        assertEquals(1, Rows.count("select token_epoch from event where id = ?::uuid", event.id()));
        assertEquals(1, facts(event.village(), "EventCodeReplaced"));
        Rows.change(
                "update retired_code set retired_at = retired_at - interval '24 hours' where code_text = ?",
                event.code());
        event.checkInAnonymously().statusCode(404).body("code", is("code-unknown"));
        assertNotEquals(
                fresh, again.act("code", Map.of()).statusCode(200).extract().path("codeText"));
    }

    @Test
    void an_old_code_of_a_private_community_says_nothing_to_whom_it_has_banned() {
        Gathering event = Gathering.in(Village.hidden(), Map.of());
        Person bob = event.village().banned(event.village().invites(Person.named("Bob")));
        event.act("code", Map.of()).statusCode(200);
        event.checkIn(bob).statusCode(404).body("code", is("code-unknown"));
        event.checkInAnonymously().statusCode(410);
    }

    @Test
    void events_are_found_by_time_phase_and_a_part_of_their_title() {
        Village village = Village.open();
        String group = Gathering.group(village);
        Instant now = Instant.now();
        String later = now.plusSeconds(3600).toString();
        Gathering.schedule(village.founder(), group, Map.of("title", "Open Chess"))
                .statusCode(201);
        Gathering.schedule(village.founder(), group, Map.of("title", "Chess later", "opensAt", later))
                .statusCode(201);
        Gathering.schedule(
                        village.founder(),
                        group,
                        Map.of("title", "Past", "closesAt", now.minusSeconds(9).toString()))
                .statusCode(201);
        for (var act :
                Map.of("closure", "{}", "cancellation", "{\"reason\":\"Rain\"}").entrySet()) {
            String id = Gathering.schedule(village.founder(), group, Map.of("title", "By " + act.getKey()))
                    .extract()
                    .path("id");
            village.founder()
                    .sends(act.getValue())
                    .post("/api/v1/events/" + id + "/" + act.getKey())
                    .then()
                    .statusCode(200);
        }
        var titles = Map.of(
                "OPEN", "Open Chess",
                "SCHEDULED", "Chess later",
                "ENDED", "Past",
                "CLOSED", "By closure",
                "CANCELLED", "By cancellation");
        titles.forEach((phase, title) -> events(village, "phase", phase)
                .body("items.title", contains(title))
                .body("items.phase", contains(phase)));
        events(village, "q", "cHESs").body("items.title", containsInAnyOrder("Open Chess", "Chess later"));
        events(village, "q", "x".repeat(201)).statusCode(400).body("code", is("parameter-invalid"));
        events(village, "phase", "open").statusCode(400).body("code", is("parameter-invalid"));
        events(village, "from", later).body("items", empty());
    }

    @Test
    void only_who_manages_events_changes_them() {
        Gathering event = Gathering.open();
        String group = "/api/v1/event-groups/" + event.groupId();
        Person bob = event.village().member("Bob", "COUNCIL");
        Person eve = Person.named("Eve");
        for (String path : List.of(event.path(), group)) {
            for (var refused : Map.of(bob, "not-allowed", eve, "members-only").entrySet()) {
                patched(refused.getKey(), path, Map.of()).statusCode(403).body("code", is(refused.getValue()));
                deleted(refused.getKey(), path).statusCode(403).body("code", is(refused.getValue()));
            }
            Person.nobody()
                    .header("If-Match", "*")
                    .body("{}")
                    .patch(path)
                    .then()
                    .statusCode(401);
            Person.nobody().header("If-Match", "*").delete(path).then().statusCode(401);
        }
        bob.sends("{}").post(event.path() + "/code").then().statusCode(403);
        event.host().sends().get(event.path()).then().body("codeText", is(event.code()));
        for (String path : List.of("/api/v1/events/", "/api/v1/event-groups/")) {
            patched(bob, path + UUID.randomUUID(), Map.of()).statusCode(404);
            deleted(bob, path + UUID.randomUUID()).statusCode(404);
        }
    }

    private static ValidatableResponse events(Village village, String parameter, String value) {
        return Person.nobody()
                .queryParam(parameter, value)
                .get(village.path() + "/events")
                .then();
    }

    static ValidatableResponse changed(Gathering event, Map<String, ?> body) {
        return patched(event.host(), event.path(), body);
    }

    private static ValidatableResponse patched(Person by, String path, Map<String, ?> body) {
        return by.sends(body).header("If-Match", "*").patch(path).then();
    }

    static ValidatableResponse deleted(Person by, String path) {
        return by.sends().header("If-Match", "*").delete(path).then();
    }

    private static long seats(Gathering event) {
        return Rows.count("select count(*) from event_seat where event_id = ?::uuid", event.id());
    }

    private static long takenSeats(Gathering event) {
        return Rows.count(
                "select count(*) from event_seat where event_id = ?::uuid and attendance_id is not null", event.id());
    }

    private static long revision(Gathering event) {
        return Rows.count("select schedule_revision from event where id = ?::uuid", event.id());
    }

    private static long facts(Village village, String kind) {
        return Rows.count(
                "select count(*) from journal_entry where kind = ? and community_id = ?::uuid", kind, village.id());
    }
}
