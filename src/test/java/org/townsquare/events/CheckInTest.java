package org.townsquare.events;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.townsquare.journal.CanonicalJson;
import org.townsquare.journal.Fact;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Digest;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class CheckInTest {
    private static final String CHECK_INS = "/api/v1/check-ins";

    @Test
    void a_person_checks_in_once_and_is_told_so_again() {
        Gathering event =
                Gathering.of(Map.of("startTime", Instant.now().minusSeconds(600).toString()));
        Person bob = Person.named("Bob");
        var first = event.checkIn(bob)
                .statusCode(201)
                .body("result", is("CHECKED_IN"))
                .body("kind", is("REGISTERED"))
                .body("eventId", is(event.id()))
                .body("minutesLate", is(10))
                .body("event.title", is("Assembly"))
                .body("event.timeZone", is("UTC"))
                .header("Set-Cookie", nullValue())
                .extract();
        event.checkIn(bob)
                .statusCode(200)
                .body("result", is("ALREADY_CHECKED_IN"))
                .body("id", is(first.<String>path("id")))
                .body("checkedInAt", is(first.<String>path("checkedInAt")))
                .body("receipt", is(first.<String>path("receipt")))
                .body("minutesLate", is(10));
        assertEquals(1, attendances(event));
        assertEquals(1, facts(event));
    }

    @Test
    void who_comes_before_the_start_is_not_late() {
        Gathering event =
                Gathering.of(Map.of("startTime", Instant.now().plusSeconds(600).toString()));
        event.checkInAnonymously().statusCode(201).body("", not(org.hamcrest.Matchers.hasKey("minutesLate")));
    }

    @Test
    void who_guesses_wrong_codes_is_stopped_before_the_right_one() {
        Gathering event = Gathering.open();
        Person eve = Person.named("Eve");
        for (int i = 0; i < 30; i++)
            eve.sends(Map.of("code", String.format("ZZZZ-%04d", i)))
                    .post(CHECK_INS)
                    .then()
                    .statusCode(404)
                    .body("code", is("code-unknown"));
        eve.sends(Map.of("code", "ZZZZ-9999"))
                .post(CHECK_INS)
                .then()
                .statusCode(429)
                .body("code", is("too-many-tries"));
        event.checkIn(eve)
                .statusCode(429)
                .header("Retry-After", Integer::parseInt, org.hamcrest.Matchers.greaterThan(500));
        event.checkIn(Person.named("Bob")).statusCode(201);
    }

    @Test
    void a_code_is_taken_as_it_is_typed() {
        Gathering event = Gathering.open();
        String typed = " "
                + event.code()
                        .toLowerCase(Locale.ROOT)
                        .substring(0, 4)
                        .replace('0', 'o')
                        .replace('1', 'l') + " – "
                + event.code().substring(4);
        Person.nobody().body(Map.of("code", typed)).post(CHECK_INS).then().statusCode(201);
    }

    @Test
    void an_anonymous_device_is_known_by_its_cookie_alone() {
        Gathering event = Gathering.open();
        var first = event.checkInAnonymously()
                .statusCode(201)
                .body("kind", is("ANONYMOUS"))
                .header("Set-Cookie", containsString("HttpOnly"))
                .header("Set-Cookie", containsString("SameSite=Lax"))
                .header("Set-Cookie", containsString("Path=/"))
                .header("Set-Cookie", containsString("Max-Age=43200"))
                .header("Set-Cookie", not(containsString("Secure")))
                .extract();
        String device = first.cookie("ts_d");
        assertEquals(22, device.length());
        withCookie(event, device)
                .statusCode(200)
                .header("Set-Cookie", nullValue())
                .body("result", is("ALREADY_CHECKED_IN"))
                .body("id", is(first.<String>path("id")))
                .body("checkedInAt", is(first.<String>path("checkedInAt")))
                .body("receipt", nullValue());
        event.checkInAnonymously().statusCode(201);
        withCookie(event, "not ours").statusCode(201);
        assertEquals(3, attendances(event));
        // the same device at another event is somebody new, and cannot be recognised
        Gathering other = Gathering.open();
        withCookie(other, device).statusCode(201);
        assertEquals(
                4,
                Rows.count(
                        "select count(distinct device_hash) from attendance where event_id in (?::uuid, ?::uuid)",
                        event.id(),
                        other.id()));
        assertEquals(
                0,
                Rows.count(
                        "select count(*) from attendance where to_jsonb(attendance)::text like ?", "%" + device + "%"));
    }

    @Test
    void a_signed_in_person_has_no_cookie() {
        Gathering event = Gathering.open();
        String device = event.checkInAnonymously().extract().cookie("ts_d");
        Person.named("Bob")
                .sends(Map.of("code", event.code()))
                .cookie("ts_d", device)
                .post(CHECK_INS)
                .then()
                .statusCode(201)
                .body("kind", is("REGISTERED"));
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from attendance where event_id = ?::uuid and participant_id is not null and device_hash is null",
                        event.id()));
    }

    @Test
    void the_same_key_gives_the_first_answer_again() {
        Gathering event = Gathering.open();
        String key = UUID.randomUUID().toString();
        var first = withKey(event, key)
                .statusCode(201)
                .header("Idempotency-Replayed", nullValue())
                .header("Set-Cookie", nullValue())
                .extract();
        for (int i = 0; i < 2; i++)
            withKey(event, key.toUpperCase(Locale.ROOT))
                    .statusCode(201)
                    .header("Idempotency-Replayed", "true")
                    .body("", is(first.<Map<String, Object>>path("")));
        event.act("closure", Map.of());
        withKey(event, key).statusCode(201).body("", is(first.<Map<String, Object>>path("")));
        assertEquals(1, attendances(event));
        assertEquals(1, facts(event));
    }

    @Test
    void a_key_is_for_one_check_in_of_one_person() {
        Gathering event = Gathering.open();
        Person bob = Person.named("Bob");
        String key = UUID.randomUUID().toString();
        var first = keyed(bob, event, key).statusCode(201).extract();
        keyed(bob, event, key)
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body("", is(first.<Map<String, Object>>path("")));
        keyed(bob, Gathering.open(), key).statusCode(422).body("code", is("idempotency-mismatch"));
        // each person has keys of their own
        keyed(Person.named("Eve"), event, key).statusCode(201).header("Idempotency-Replayed", nullValue());
        withKey(event, key).statusCode(201).header("Idempotency-Replayed", nullValue());
        keyed(bob, event, UUID.randomUUID().toString())
                .statusCode(200)
                .body("result", is("ALREADY_CHECKED_IN"))
                .body("receipt", is(first.<String>path("receipt")));
        assertEquals(3, attendances(event));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1-1-1-1-1",
                "0197a9c1-0000-7000-8000-00000000000",
                "{0197a9c1-0000-7000-8000-000000000000}"
            })
    void a_key_is_a_uuid(String key) {
        Gathering event = Gathering.open();
        withKey(event, key).statusCode(400).body("code", is("idempotency-key-invalid"));
        assertEquals(0, attendances(event));
    }

    @Test
    void a_check_in_has_one_key() {
        Gathering event = Gathering.open();
        Person.nobody()
                .header(
                        "Idempotency-Key",
                        UUID.randomUUID().toString(),
                        UUID.randomUUID().toString())
                .body(Map.of("code", event.code()))
                .post("/api/v1/check-ins")
                .then()
                .statusCode(400)
                .body("code", is("idempotency-key-invalid"));
        assertEquals(0, attendances(event));
    }

    @Test
    void the_phase_decides_who_is_let_in() {
        String later = Instant.now().plusSeconds(3600).toString();
        Gathering scheduled = Gathering.of(Map.of("opensAt", later));
        scheduled
                .checkInAnonymously()
                .statusCode(409)
                .body("code", is("check-in-not-open-yet"))
                .body(
                        "detail",
                        containsString(
                                scheduled.host().sends().get(scheduled.path()).path("opensAt")));
        Gathering.of(Map.of("closesAt", "2026-01-01T00:00:00Z"))
                .checkInAnonymously()
                .statusCode(409)
                .body("code", is("check-in-closed"));
        Gathering event = Gathering.open();
        Person bob = Person.named("Bob");
        event.checkIn(bob).statusCode(201);
        event.act("closure", Map.of());
        event.checkInAnonymously().statusCode(409).body("code", is("check-in-closed"));
        event.checkIn(bob).statusCode(200).body("result", is("ALREADY_CHECKED_IN"));
        event.act("reopening", Map.of("reason", "x"));
        event.checkInAnonymously().statusCode(201);
        event.act("cancellation", Map.of("reason", "x"));
        event.checkInAnonymously().statusCode(410).body("code", is("event-cancelled"));
        event.checkIn(bob).statusCode(410).body("code", is("event-cancelled"));
        assertEquals(2, attendances(event));
    }

    @Test
    void an_unknown_code_is_not_found_and_a_malformed_one_unprocessable() {
        Map.of("00000000", 404, "0000-0000", 404, "7K3M", 422, "", 422, "UUUUUUUU", 422, "👩‍🚀", 422)
                .forEach((code, status) -> Person.nobody()
                        .body(Map.of("code", code))
                        .post(CHECK_INS)
                        .then()
                        .statusCode(status)
                        .body("code", is(status == 404 ? "code-unknown" : "code-malformed")));
        Map.of(
                        "{}",
                        422,
                        "{\"code\":null}",
                        422,
                        "{\"code\":5}",
                        400,
                        "{\"code\":\"\\u0000\"}",
                        400,
                        "[]",
                        400,
                        "",
                        400,
                        "{\"code\":\"00000000\",\"x\":1}",
                        422)
                .forEach((body, status) ->
                        Person.nobody().body(body).post(CHECK_INS).then().statusCode(status));
        Person.nobody()
                .body(Map.of("code", "7".repeat(100_000)))
                .post(CHECK_INS)
                .then()
                .statusCode(422)
                .body("code", is("code-malformed"));
    }

    @Test
    void the_code_of_a_private_community_lets_its_holder_in() {
        Gathering event = Gathering.in(Village.of(Map.of("visibility", "PRIVATE")), Map.of());
        event.checkIn(Person.named("Eve")).statusCode(201);
        event.checkInAnonymously().statusCode(201);
    }

    @Test
    void a_full_event_takes_nobody_but_knows_who_is_there() {
        Gathering event = Gathering.of(Map.of("capacity", 2));
        Person bob = Person.named("Bob");
        event.checkIn(bob).statusCode(201);
        event.checkIn(bob).statusCode(200);
        event.checkInAnonymously().statusCode(201);
        event.checkInAnonymously().statusCode(409).body("code", is("event-full"));
        event.checkIn(bob).statusCode(200).body("result", is("ALREADY_CHECKED_IN"));
        assertEquals(2, attendances(event));
        assertEquals(2, Rows.count("select count(attendance_id) from event_seat where event_id = ?::uuid", event.id()));
    }

    @Test
    void a_place_that_somebody_holds_but_gives_back_is_not_lost() throws Exception {
        Gathering event = Gathering.of(Map.of("capacity", 1));
        assertEquals(201, whileTheLastPlaceIsHeld(event, "select 1 where ?::uuid is not null"));
        assertEquals(1, attendances(event));
    }

    @Test
    void a_place_that_somebody_holds_and_takes_is_not_given_twice() throws Exception {
        Gathering event = Gathering.of(Map.of("capacity", 1));
        Gathering.in(event.village(), Map.of()).checkInAnonymously().statusCode(201);
        assertEquals(
                409,
                whileTheLastPlaceIsHeld(
                        event,
                        "update event_seat s set attendance_id = a.id from attendance a where s.event_id = ?::uuid and a.community_id = s.community_id"));
        assertEquals(0, attendances(event));
    }

    /** The answer to a check-in that began while somebody held the only place, and then did this with it. */
    private static int whileTheLastPlaceIsHeld(Gathering event, String then) throws Exception {
        try (var connection = Database.connect()) {
            connection.setAutoCommit(false);
            try (var lock = connection.prepareStatement("select from event_seat where event_id = ?::uuid for update")) {
                lock.setString(1, event.id());
                lock.execute();
            }
            var answer = CompletableFuture.supplyAsync(
                    () -> event.checkInAnonymously().extract().statusCode());
            var deadline = Instant.now().plusSeconds(20);
            while (Rows.count(
                            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like 'with instant%gate%'")
                    == 0) assertTrue(Instant.now().isBefore(deadline), "nobody waits for the place");
            try (var act = connection.prepareStatement(then)) {
                act.setString(1, event.id());
                act.execute();
            }
            connection.commit();
            return answer.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void the_journal_holds_the_receipt_that_the_row_proves() throws Exception {
        Gathering event = Gathering.open();
        Person bob = Person.named("Bob");
        var answer = event.checkIn(bob).statusCode(201).extract();
        String id = answer.path("id");
        ObjectMapper json = new ObjectMapper();
        try (var connection = Database.connect();
                var query = connection.prepareStatement(
                        "select e.*, a.nonce, a.receipt from journal_entry e join attendance a on a.id = e.subject_id where a.id = ?::uuid")) {
            query.setString(1, id);
            var row = query.executeQuery();
            assertTrue(row.next());
            String text = new String(row.getBytes("body"), StandardCharsets.UTF_8);
            JsonNode body = json.readTree(text);
            assertEquals(text, CanonicalJson.write(body));
            assertEquals("CheckedIn", row.getString("kind"));
            assertEquals("attendance", row.getString("subject_type"));
            assertEquals(event.village().id(), row.getString("community_id"));
            assertEquals(event.village().id(), body.get("community").textValue());
            assertEquals(bob.id(), row.getString("actor_id"));
            assertEquals(row.getString("id"), body.get("id").textValue());
            JsonNode fact = body.get("fact");
            assertEquals(event.village().id(), fact.get("communityId").textValue());
            assertEquals(event.id(), fact.get("eventId").textValue());
            assertEquals(id, fact.get("attendanceId").textValue());
            assertEquals("REGISTERED", fact.get("attendanceKind").textValue());
            assertEquals("SELF", fact.get("source").textValue());
            assertEquals(answer.path("receipt"), fact.get("receipt").textValue());
            var base64 = Base64.getUrlEncoder().withoutPadding();
            String lines = String.join(
                    "\n",
                    "townsquare-attendance-1",
                    event.id(),
                    id,
                    bob.id(),
                    Journal.SIX_DECIMALS.format(Instant.parse(answer.path("checkedInAt"))),
                    base64.encodeToString(row.getBytes("nonce")));
            byte[] receipt = MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.UTF_8));
            assertEquals(answer.path("receipt"), base64.encodeToString(receipt));
        }
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from journal_origin o join journal_entry e on e.id = o.entry_id where e.subject_id = ?::uuid",
                        id));
    }

    @Test
    void the_journal_tells_of_a_check_in_as_of_a_personal_matter() {
        var fact = new CheckedIn(
                new UUID(0, 1),
                new UUID(0, 2),
                new UUID(0, 3),
                AttendanceKind.REGISTERED,
                CheckInSource.SELF,
                Digest.of(new byte[32]),
                null,
                null);
        assertEquals(Fact.Audience.PERSONAL, fact.audience());
    }

    @Test
    void staff_list_who_was_there_and_others_see_themselves() {
        Gathering event = Gathering.open();
        Person bob = event.village().member("Bob 👩‍🚀");
        Person eve = Person.named("Eve");
        event.checkIn(bob);
        event.checkInAnonymously();
        var receipt = event.checkIn(eve).extract().<String>path("receipt");
        String path = event.path() + "/attendances";
        var first = event.host()
                .sends()
                .get(path + "?limit=2")
                .then()
                .statusCode(200)
                .body("items.kind", contains("REGISTERED", "ANONYMOUS"))
                .body("items.source", contains("SELF", "SELF"))
                .body("items[0].participant.name", is("Bob 👩‍🚀"))
                .body("items[0].participant.id", is(bob.id()))
                .body("items[1].participant", nullValue())
                .extract();
        event.village()
                .member("Olga", "ORGANIZER")
                .sends()
                .get(path + "?limit=2&cursor=" + first.path("next"))
                .then()
                .body("items", hasSize(1))
                .body("items[0].participant.name", is("Eve"))
                .body("items[0].receipt", is(receipt))
                .body("next", nullValue());
        bob.sends().get(path).then().statusCode(200).body("items.participant.id", contains(bob.id()));
        eve.sends().get(path).then().statusCode(200).body("items.participant.id", contains(eve.id()));
        event.village()
                .member("Cem", "COUNCIL")
                .sends()
                .get(path)
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
        Person.nobody().get(path).then().statusCode(401);
        Village.open().founder().sends().get(path).then().statusCode(200).body("items", hasSize(0));
        event.host().sends().get(path + "?limit=0").then().statusCode(400);
    }

    @Test
    void a_person_lists_where_they_were_in_what_they_can_see() {
        Person eve = Person.named("Eve");
        Gathering first = Gathering.open();
        Gathering second = Gathering.open();
        Village hidden = Village.of(Map.of("visibility", "PRIVATE"));
        Gathering third = Gathering.in(hidden, Map.of());
        for (Gathering event : List.of(first, second, third)) event.checkIn(eve);
        first.checkIn(first.host());
        String path = "/api/v1/me/attendances";
        var page = eve.sends()
                .get(path + "?limit=1")
                .then()
                .statusCode(200)
                .body("items.eventId", contains(second.id()))
                .body("items[0].communityId", is(second.village().id()))
                .body("items[0].title", notNullValue())
                .extract();
        eve.sends()
                .get("/api/v1/audit-entries/" + page.path("items[0].entryId"))
                .then()
                .statusCode(200)
                .body("kind", is("CheckedIn"))
                .body("fact.receipt", is(page.<String>path("items[0].receipt")));
        eve.sends()
                .get(path + "?cursor=" + page.path("next"))
                .then()
                .body("items.eventId", contains(first.id()))
                .body("next", nullValue());
        hidden.enrolled(eve, "ACTIVE", "CITIZEN");
        eve.sends().get(path).then().body("items.eventId", contains(third.id(), second.id(), first.id()));
        second.village().deleted();
        eve.sends().get(path).then().body("items.eventId", contains(third.id(), first.id()));
        Person.nobody().get(path).then().statusCode(401);
    }

    @Test
    void when_a_person_goes_the_attendance_stays() {
        Gathering event = Gathering.open();
        Person bob = Person.named("Bob");
        event.checkIn(bob);
        Rows.change("delete from session where user_id = ?::uuid", bob.id());
        Rows.change("delete from account where user_id = ?::uuid", bob.id());
        Rows.change("delete from verification where user_id = ?::uuid", bob.id());
        assertEquals(1, Rows.change("delete from users where id = ?::uuid", bob.id()));
        event.host()
                .sends()
                .get(event.path() + "/attendances")
                .then()
                .body("items.kind", contains("REGISTERED"))
                .body("items[0].participant", nullValue());
    }

    private static ValidatableResponse withCookie(Gathering event, String device) {
        return Person.nobody()
                .cookie("ts_d", device)
                .body(Map.of("code", event.code()))
                .post(CHECK_INS)
                .then();
    }

    private static ValidatableResponse withKey(Gathering event, String key) {
        return Person.nobody()
                .header("Idempotency-Key", key)
                .body(Map.of("code", event.code()))
                .post(CHECK_INS)
                .then();
    }

    private static ValidatableResponse keyed(Person person, Gathering event, String key) {
        return person.sends(Map.of("code", event.code()))
                .header("Idempotency-Key", key)
                .post(CHECK_INS)
                .then();
    }

    private static long attendances(Gathering event) {
        return Rows.count("select count(*) from attendance where event_id = ?::uuid", event.id());
    }

    private static long facts(Gathering event) {
        return Rows.count(
                "select count(*) from journal_entry where kind = 'CheckedIn' and community_id = ?::uuid",
                event.village().id());
    }
}
