package org.townsquare.events;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class EventsTest {
    private static final String ASTRONAUT = "اجتماع الحي 👩‍🚀 <b>&";

    @Test
    void organisers_make_groups_and_others_do_not() {
        Village village = Village.open();
        Person olga = village.member("Olga", "ORGANIZER");
        var made = olga.sends(Map.of("name", ASTRONAUT, "description", "née"))
                .post(village.path() + "/event-groups")
                .then()
                .statusCode(201)
                .body("communityId", is(village.id()))
                .body("name", is(ASTRONAUT))
                .body("createdBy", is(olga.id()))
                .body("can.manage", is(true))
                .extract();
        Person.nobody()
                .get(made.header("Location").replaceFirst("^https?://[^/]+", ""))
                .then()
                .statusCode(200)
                .header("ETag", startsWith("\"0."))
                .body("name", is(ASTRONAUT))
                .body("description", is("née"))
                .body("createdAt", is(made.<String>path("createdAt")))
                .body("can.manage", is(false));
        var group = Map.of("name", "Mine");
        village.member("Bob", "COUNCIL")
                .sends(group)
                .post(village.path() + "/event-groups")
                .then()
                .statusCode(403)
                .body("code", is("not-allowed"));
        Person.named("Eve")
                .sends(group)
                .post(village.path() + "/event-groups")
                .then()
                .statusCode(403)
                .body("code", is("members-only"));
        Person.nobody()
                .body(group)
                .post(village.path() + "/event-groups")
                .then()
                .statusCode(401)
                .body("code", is("sign-in-required"));
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from journal_entry where kind = 'EventGroupCreated' and community_id = ?::uuid",
                        village.id()));
    }

    @Test
    void groups_and_events_are_listed_newest_first_page_by_page() {
        Village village = Village.open();
        for (String name : List.of("A", "B", "C"))
            village.founder()
                    .sends(Map.of("name", name))
                    .post(village.path() + "/event-groups")
                    .then()
                    .statusCode(201);
        String groups = village.path() + "/event-groups";
        var first = Person.nobody()
                .get(groups + "?limit=2")
                .then()
                .statusCode(200)
                .body("items.name", contains("C", "B"))
                .extract();
        String group = Person.nobody()
                .get(groups + "?limit=2&cursor=" + first.path("next"))
                .then()
                .body("items.name", contains("A"))
                .body("next", nullValue())
                .extract()
                .path("items[0].id");
        for (String[] event : new String[][] {
            {"Old", "2026-01-01T10:00:00Z"}, {"New", "2026-03-01T10:00:00Z"}, {"Same", "2026-01-01T10:00:00Z"}
        })
            Gathering.schedule(village.founder(), group, Map.of("title", event[0], "startTime", event[1]))
                    .statusCode(201);
        String events = "/api/v1/event-groups/" + group + "/events";
        var page = Person.nobody()
                .get(events + "?limit=2")
                .then()
                .statusCode(200)
                .body("items.title", contains("New", "Same"))
                .body("items[0]", not(org.hamcrest.Matchers.hasKey("codeText")))
                .extract();
        Person.nobody()
                .get(events + "?limit=2&cursor=" + page.path("next"))
                .then()
                .body("items.title", contains("Old"));
        Person.nobody().get(events + "?cursor=x").then().statusCode(400).body("code", is("cursor-invalid"));
    }

    @Test
    void an_event_has_its_code_its_address_and_its_times() {
        Village village = Village.open();
        String group = Gathering.group(village);
        var made = Gathering.schedule(
                        village.founder(),
                        group,
                        Map.of(
                                "title",
                                ASTRONAUT,
                                "startTime",
                                "2031-06-01T20:00:00.123456789+02:00",
                                "durationMinutes",
                                90,
                                "timeZone",
                                "Asia/Kathmandu",
                                "place",
                                "Town hall",
                                "capacity",
                                3))
                .statusCode(201)
                .body("title", is(ASTRONAUT))
                .body("startTime", is("2031-06-01T18:00:00.123456Z"))
                .body("endTime", is("2031-06-01T19:30:00.123456Z"))
                .body("closesAt", is("2031-06-02T07:30:00.123456Z"))
                .body("timeZone", is("Asia/Kathmandu"))
                .body("state", is("OPEN"))
                .body("phase", is("OPEN"))
                .body("capacity", is(3))
                .body("groupId", is(group))
                .body("codeText", matchesPattern("[0-9A-HJKMNP-TV-Z]{8}"))
                .body("can.manage", is(true))
                .extract();
        String code = made.path("codeText");
        assertEquals("http://localhost:8081/c/" + code, made.path("checkInUrl"));
        assertEquals("HTTP://LOCALHOST:8081/C/" + code, made.path("codeQr"));
        String path = "/api/v1/events/" + made.path("id");
        village.founder()
                .sends()
                .get(path)
                .then()
                .statusCode(200)
                .header("ETag", startsWith("\"0."))
                .body("", is(made.<Map<String, Object>>path("")));
        for (var request :
                List.of(Person.nobody(), village.member("Bob", "COUNCIL").sends()))
            request.get(path)
                    .then()
                    .statusCode(200)
                    .body("title", is(ASTRONAUT))
                    .body("codeText", nullValue())
                    .body("codeQr", nullValue())
                    .body("checkInUrl", nullValue());
        assertEquals(
                3, Rows.count("select count(*) from event_seat where event_id = ?::uuid", made.<String>path("id")));
    }

    @Test
    void without_a_zone_or_closing_time_those_of_the_community_and_twelve_hours_hold() {
        Village village = Village.open();
        var made = Gathering.schedule(
                        village.founder(), Gathering.group(village), Map.of("startTime", "2020-01-01T00:00:00Z"))
                .statusCode(201)
                .body("timeZone", is("UTC"))
                .extract();
        Duration open = Duration.between(Instant.now(), Instant.parse(made.path("closesAt")));
        assertTrue(Math.abs(open.toSeconds() - 12 * 3600) < 60, open::toString);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "title|``|422|invalid",
                "title|null|422|invalid",
                "title|5|400|json-malformed",
                "startTime|null|422|invalid",
                "startTime|`tomorrow`|400|json-malformed",
                "startTime|`+1000000000-12-31T23:59:59Z`|400|json-malformed",
                "startTime|`10000-01-01T00:00:00Z`|400|json-malformed",
                "startTime|`+10000-01-01T00:00:00Z`|400|json-malformed",
                "startTime|`9999-12-31T23:59:59Z`|422|time-out-of-range",
                "startTime|`1969-12-31T23:59:59Z`|422|time-out-of-range",
                "startTime|`-1000000000-01-01T00:00:00Z`|400|json-malformed",
                "closesAt|`+999999999-12-31T23:59:59Z`|400|json-malformed",
                "startTime|`0000-01-01T00:00:00Z`|422|time-out-of-range",
                "startTime|`2026-02-30T00:00:00Z`|400|json-malformed",
                "closesAt|`2020-01-01T00:00:00Z`|201|",
                "opensAt|`2999-01-01T00:00:00Z`|422|check-in-window-empty",
                "durationMinutes|0|422|invalid",
                "durationMinutes|1441|422|invalid",
                "durationMinutes|1.5|400|json-malformed",
                "durationMinutes|`\"60\"`|400|json-malformed",
                "durationMinutes|99999999999|400|json-malformed",
                "timeZone|`Mars/Olympus`|422|time-zone-unknown",
                "timeZone|`+02:00`|422|time-zone-unknown",
                "timeZone|``|422|time-zone-unknown",
                "capacity|0|422|invalid",
                "capacity|100001|422|invalid",
                "place|`\\u0000`|400|",
                "rotating|true|422|field-unknown",
            },
            delimiter = '|')
    void what_cannot_be_is_refused(String field, String value, int status, String code) {
        Village village = VILLAGE.get();
        String group = GROUP.get();
        String json = value.matches("null|true|[0-9.]+|\"60\"") ? value : "\"" + value + "\"";
        String body = "{\"title\":\"A\",\"startTime\":\"2026-01-01T00:00:00Z\",\"durationMinutes\":60}";
        String changed = body.contains("\"" + field + "\"")
                ? body.replaceFirst(
                        "\"" + field + "\":(\"[^\"]*\"|[0-9]+)",
                        java.util.regex.Matcher.quoteReplacement("\"" + field + "\":" + json))
                : body.replace("}", ",\"" + field + "\":" + json + "}");
        long before = Rows.count("select count(*) from event");
        var answer = village.founder()
                .sends(changed)
                .post("/api/v1/event-groups/" + group + "/events")
                .then()
                .statusCode(status);
        if (status == 201) return;
        answer.contentType("application/problem+json");
        if (code != null) answer.body("code", is(code));
        assertEquals(before, Rows.count("select count(*) from event"));
    }

    private static final java.util.function.Supplier<Village> VILLAGE = once(Village::open);
    private static final java.util.function.Supplier<String> GROUP = once(() -> Gathering.group(VILLAGE.get()));

    private static <T> java.util.function.Supplier<T> once(java.util.function.Supplier<T> make) {
        var made = new java.util.concurrent.atomic.AtomicReference<T>();
        return () -> made.updateAndGet(known -> known == null ? make.get() : known);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_700_000_000L, 99_999_999_999_999L, Long.MAX_VALUE})
    void a_time_as_a_number_is_never_a_defect(long number) {
        int status = VILLAGE.get()
                .founder()
                .sends("{\"title\":\"A\",\"durationMinutes\":60,\"startTime\":" + number + "}")
                .post("/api/v1/event-groups/" + GROUP.get() + "/events")
                .statusCode();
        assertTrue(status < 500, "status " + status);
    }

    @Test
    void the_phase_follows_from_the_row_and_the_clock() {
        Instant now = Instant.parse("2026-01-01T12:00:00Z");
        Instant before = now.minusSeconds(1);
        Instant after = now.plusSeconds(1);
        assertEquals(EventPhase.CANCELLED, EventPhase.at(now, before, EventState.CLOSED, null, after));
        assertEquals(EventPhase.CLOSED, EventPhase.at(now, null, EventState.CLOSED, after, after));
        assertEquals(EventPhase.SCHEDULED, EventPhase.at(now, null, EventState.OPEN, after, after));
        assertEquals(EventPhase.OPEN, EventPhase.at(now, null, EventState.OPEN, now, after));
        assertEquals(EventPhase.ENDED, EventPhase.at(now, null, EventState.OPEN, null, now));
    }

    @Test
    void an_event_is_closed_opened_again_and_cancelled_by_hand() {
        Gathering event = Gathering.open();
        event.act("closure", Map.of())
                .statusCode(200)
                .body("state", is("CLOSED"))
                .body("phase", is("CLOSED"));
        event.act("closure", Map.of()).statusCode(200).body("phase", is("CLOSED"));
        event.act("reopening", Map.of("reason", "Ada is late"))
                .statusCode(200)
                .body("state", is("OPEN"))
                .body("phase", is("OPEN"));
        event.act("reopening", Map.of("reason", "again")).statusCode(200).body("phase", is("OPEN"));
        event.act("reopening", Map.of("reason", "again", "closesAt", "2040-01-01T00:00:00Z"))
                .statusCode(409)
                .body("code", is("event-not-closed"));
        event.act("cancellation", Map.of("reason", "Storm")).statusCode(200).body("phase", is("CANCELLED"));
        event.act("cancellation", Map.of("reason", "Storm")).statusCode(200).body("phase", is("CANCELLED"));
        event.act("closure", Map.of()).statusCode(410).body("code", is("event-cancelled"));
        event.act("reopening", Map.of("reason", "Sun")).statusCode(410).body("code", is("event-cancelled"));
        assertEquals(List.of("EventScheduled", "EventClosed", "EventReopened", "EventCancelled"), facts(event));
        assertEquals(
                2,
                Rows.count(
                        "select count(*) from journal_text t join journal_entry e on e.id = t.entry_id where e.subject_id = ?::uuid and t.field = 'reason' and t.value in ('Ada is late', 'Storm') and position(t.value in convert_from(e.body, 'UTF8')) = 0",
                        event.id()));
    }

    private static List<String> facts(Gathering event) {
        try (var connection = Database.connect();
                var query = connection.prepareStatement(
                        "select array_agg(kind order by created_xid, id) from journal_entry where subject_id = ?::uuid")) {
            query.setString(1, event.id());
            var rows = query.executeQuery();
            rows.next();
            return Arrays.asList((String[]) rows.getArray(1).getArray());
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_ended_event_needs_a_new_closing_time() {
        Gathering event = Gathering.of(Map.of("closesAt", "2026-01-01T00:00:00Z"));
        event.host().sends().get(event.path()).then().body("phase", is("ENDED"));
        event.act("reopening", Map.of("reason", "Late")).statusCode(422).body("code", is("closes-at-in-the-past"));
        event.act("reopening", Map.of("reason", "Late", "closesAt", "2026-01-02T00:00:00Z"))
                .statusCode(422)
                .body("code", is("closes-at-in-the-past"));
        String later = Instant.now().plusSeconds(3600).toString();
        event.act("reopening", Map.of("reason", "Late", "closesAt", later))
                .statusCode(200)
                .body("phase", is("OPEN"))
                .body("closesAt", notNullValue());
        event.act("reopening", Map.of("closesAt", later)).statusCode(422).body("violations.field", contains("reason"));
        event.act("cancellation", Map.of()).statusCode(422).body("violations.field", contains("reason"));
        event.act("cancellation", Map.of("reason", "x".repeat(501))).statusCode(422);
    }

    @Test
    void only_organisers_and_admins_act_on_an_event() {
        Gathering event = Gathering.open();
        Person bob = event.village().member("Bob", "COUNCIL");
        Person eve = Person.named("Eve");
        var bodies = Map.of("closure", "{}", "reopening", "{\"reason\":\"x\"}", "cancellation", "{\"reason\":\"x\"}");
        bodies.forEach((noun, body) -> {
            bob.sends(body)
                    .post(event.path() + "/" + noun)
                    .then()
                    .statusCode(403)
                    .body("code", is("not-allowed"));
            eve.sends(body)
                    .post(event.path() + "/" + noun)
                    .then()
                    .statusCode(403)
                    .body("code", is("members-only"));
            Person.nobody().body(body).post(event.path() + "/" + noun).then().statusCode(401);
        });
        event.host().sends().get(event.path()).then().body("phase", is("OPEN"));
        Gathering.schedule(bob, event.groupId(), Map.of()).statusCode(403).body("code", is("not-allowed"));
        event.village()
                .member("Olga", "ORGANIZER")
                .sends("{}")
                .post(event.path() + "/closure")
                .then()
                .statusCode(200);
    }

    @Test
    void nothing_of_a_private_community_exists_for_strangers() {
        Gathering event = Gathering.in(Village.of(Map.of("visibility", "PRIVATE")), Map.of());
        Person admin = Village.open().founder();
        for (String path : List.of(
                event.village().path() + "/event-groups",
                "/api/v1/event-groups/" + event.groupId(),
                "/api/v1/event-groups/" + event.groupId() + "/events",
                event.path())) {
            event.host().sends().get(path).then().statusCode(200);
            admin.sends().get(path).then().statusCode(404).body("code", is("not-found"));
            Person.nobody().get(path).then().statusCode(404).body("code", is("not-found"));
        }
        for (String path : List.of("/attendances", "/qr.svg", "/qr.png")) {
            event.host().sends().get(event.path() + path).then().statusCode(200);
            admin.sends().get(event.path() + path).then().statusCode(404).body("code", is("not-found"));
        }
        admin.sends("{}").post(event.path() + "/closure").then().statusCode(404);
        admin.sends(Map.of("reason", "x"))
                .post(event.path() + "/reopening")
                .then()
                .statusCode(404);
        admin.sends(Map.of("reason", "x"))
                .post(event.path() + "/cancellation")
                .then()
                .statusCode(404);
        admin.sends(Map.of("name", "x"))
                .post(event.village().path() + "/event-groups")
                .then()
                .statusCode(404);
        Gathering.schedule(admin, event.groupId(), Map.of()).statusCode(404);
        for (String id : List.of(UUID.randomUUID().toString(), "x", "1-1-1-1-1"))
            event.host().sends().get("/api/v1/events/" + id).then().statusCode(404);
        event.host().sends().get(event.path()).then().body("phase", is("OPEN")).body("items", nullValue());
        event.host()
                .sends()
                .get(event.village().path() + "/event-groups")
                .then()
                .body("items", hasSize(1));
    }
}
