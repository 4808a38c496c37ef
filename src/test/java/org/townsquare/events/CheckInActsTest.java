package org.townsquare.events;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.townsquare.platform.Digest;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Gathering;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Rush;
import org.townsquare.town.Village;

/** What is done with check-ins beside the hot statement: by staff, taken back, given a name, proved. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class CheckInActsTest {
    private static final String DEVICE = "abcdefghijklmnopqrstuv";
    private static final String OTHER_DEVICE = "zyxwvutsrqponmlkjihgfe";

    // whom the code lets in

    @ParameterizedTest
    @CsvSource({
        "ANYONE, PUBLIC, nobody, 201, ",
        "ANYONE, PRIVATE, nobody, 201, ",
        "SIGNED_IN, PUBLIC, nobody, 401, sign-in-required",
        "SIGNED_IN, PRIVATE, nobody, 401, sign-in-required",
        "SIGNED_IN, PRIVATE, stranger, 201, ",
        "MEMBERS, PUBLIC, nobody, 401, sign-in-required",
        "MEMBERS, PUBLIC, stranger, 403, members-only",
        "MEMBERS, PUBLIC, pending, 403, members-only",
        "MEMBERS, PUBLIC, suspended, 403, membership-suspended",
        "MEMBERS, PUBLIC, member, 201, ",
        "MEMBERS, PRIVATE, nobody, 404, code-unknown",
        "MEMBERS, PRIVATE, stranger, 404, code-unknown",
        "MEMBERS, PRIVATE, pending, 404, code-unknown",
        "MEMBERS, PRIVATE, banned, 404, code-unknown",
        "MEMBERS, PRIVATE, suspended, 403, membership-suspended",
        "MEMBERS, PRIVATE, member, 201, "
    })
    void admission_says_whom_the_code_lets_in(
            String admission, String visibility, String who, int status, String code) {
        Gathering event = Gathering.in(Village.of(Map.of("visibility", visibility)), Map.of("admission", admission));
        var answer = from(event, who)
                .body(Map.of("code", event.code()))
                .post("/api/v1/check-ins")
                .then();
        answer.statusCode(status);
        if (code != null) answer.body("code", is(code));
        assertEquals(status == 201 ? 1 : 0, standing(event));
        // what a code leads to is hidden from the same people
        var card = from(event, who).get("/api/v1/event-codes/" + event.code()).then();
        if (status == 404) card.statusCode(404).body("code", is("code-unknown"));
        else card.statusCode(200).body("title", is("Assembly")).body("admission", is(admission));
        event.host().sends().get(event.path()).then().body("admission", is(admission));
    }

    private static RequestSpecification from(Gathering event, String who) {
        if (who.equals("nobody")) return Person.nobody();
        Person person = Person.named("Eve");
        switch (who) {
            case "pending" -> event.village().enrolled(person, "PENDING");
            case "suspended" -> event.village().enrolled(person, "SUSPENDED", "CITIZEN");
            case "banned" -> event.village().enrolled(person, "BANNED");
            case "member" -> event.village().enrolled(person, "ACTIVE", "CITIZEN");
            default -> assertEquals("stranger", who);
        }
        return person.sends();
    }

    @Test
    void a_code_that_is_hidden_is_answered_as_one_that_is_not_there() {
        Gathering hidden = Gathering.in(Village.hidden(), Map.of("admission", "MEMBERS"));
        Person eve = Person.named("Eve");
        var unknown = new HashMap<String, Object>();
        for (String code : List.of("ZZZZ0000", hidden.code())) {
            for (var answer : List.of(
                    eve.sends(Map.of("code", code)).post("/api/v1/check-ins"),
                    Person.nobody().body(Map.of("code", code)).post("/api/v1/check-ins"),
                    eve.sends().get("/api/v1/event-codes/" + code),
                    Person.nobody().get("/api/v1/event-codes/" + code))) {
                Map<String, Object> body =
                        new HashMap<>(answer.then().statusCode(404).extract().<Map<String, Object>>path(""));
                body.keySet().removeAll(List.of("instance", "traceId"));
                if (unknown.isEmpty()) unknown.putAll(body);
                assertEquals(unknown, body);
            }
        }
        assertEquals(0, refusals(hidden, "code-unknown"));
    }

    @Test
    void whoever_reads_what_codes_lead_to_guesses_too() {
        Gathering event = Gathering.open();
        Person eve = Person.named("Eve");
        for (int i = 0; i < 15; i++)
            eve.sends()
                    .get(String.format("/api/v1/event-codes/zzzz-%04d", i))
                    .then()
                    .statusCode(404);
        for (int i = 0; i < 15; i++)
            eve.sends(Map.of("code", String.format("YYYY%04d", i)))
                    .post("/api/v1/check-ins")
                    .then()
                    .statusCode(404);
        eve.sends().get("/api/v1/event-codes/short").then().statusCode(422).body("code", is("code-malformed"));
        for (String code : List.of("ZZZZ9999", event.code()))
            eve.sends()
                    .get("/api/v1/event-codes/" + code)
                    .then()
                    .statusCode(429)
                    .body("code", is("too-many-tries"));
        Person.nobody().get("/api/v1/event-codes/" + event.code()).then().statusCode(200);
    }

    @Test
    void a_code_tells_of_the_event_and_never_who_is_there() {
        Gathering event = Gathering.of(Map.of("place", "Town hall", "startTime", "2031-07-01T17:00:00Z"));
        event.checkIn(event.village().member("Bob Secret"));
        String typed = event.code().substring(0, 4).toLowerCase(java.util.Locale.ROOT) + "-"
                + event.code().substring(4);
        String card = Person.nobody()
                .get("/api/v1/event-codes/" + typed)
                .then()
                .statusCode(200)
                .body("title", is("Assembly"))
                .body("community", is("Oak"))
                .body("place", is("Town hall"))
                .body("startTime", is("2031-07-01T17:00:00Z"))
                .body("timeZone", is("UTC"))
                .body("phase", is("OPEN"))
                .extract()
                .asString();
        assertFalse(card.contains("Secret"));
    }

    // repeats

    @Test
    void a_client_id_is_one_check_in_of_one_person() {
        Gathering event = Gathering.open();
        Person bob = Person.named("Bob");
        String id = UUID.randomUUID().toString();
        var first = byClient(bob.sends(), event, id).statusCode(201).extract();
        byClient(bob.sends(), event, id)
                .statusCode(200)
                .body("id", is(first.<String>path("id")))
                .body("receipt", notNullValue());
        byClient(Person.named("Eve").sends(), event, id).statusCode(422).body("code", is("idempotency-mismatch"));
        byClient(Person.nobody(), event, id).statusCode(422).body("code", is("idempotency-mismatch"));
        // at another event it is another check-in
        byClient(bob.sends(), Gathering.open(), id).statusCode(201);
        assertEquals(1, standing(event));
    }

    @Test
    void an_anonymous_client_is_known_by_its_id_without_a_cookie() {
        Gathering event = Gathering.open();
        String id = UUID.randomUUID().toString();
        var first = byClient(Person.nobody(), event, id).statusCode(201).extract();
        event.act("closure", Map.of());
        byClient(Person.nobody(), event, id)
                .statusCode(200)
                .body("id", is(first.<String>path("id")))
                .body("checkedInAt", is(first.<String>path("checkedInAt")))
                .body("receipt", nullValue());
        assertEquals(1, standing(event));
    }

    private static ValidatableResponse byClient(RequestSpecification by, Gathering event, String clientId) {
        return by.body(Map.of("code", event.code(), "clientId", clientId))
                .post("/api/v1/check-ins")
                .then();
    }

    // undo

    @Test
    void a_person_takes_a_check_in_back_and_may_come_again() {
        Gathering event = Gathering.of(Map.of("capacity", 1));
        Person bob = Person.named("Bob");
        String first = event.checkIn(bob).statusCode(201).extract().path("id");
        event.checkIn(Person.named("Eve")).statusCode(409).body("code", is("event-full"));
        undo(bob.sends(), first, Map.of())
                .statusCode(200)
                .body("id", is(first))
                .body("voidCause", is("SELF"))
                .body("voidedAt", notNullValue())
                .body("can.undo", is(false));
        undo(bob.sends(), first, Map.of()).statusCode(200);
        assertEquals(0, standing(event));
        assertEquals(0, seats(event));
        event.checkIn(bob).statusCode(201).body("id", not(is(first)));
        event.checkIn(Person.named("Eve")).statusCode(409).body("code", is("event-full"));
        assertEquals(2, Rows.count("select count(*) from attendance where event_id = ?::uuid", event.id()));
        assertEquals(1, facts(event, "CheckInVoided"));
        event.host()
                .sends()
                .get(event.path() + "/attendances")
                .then()
                .body("items", hasSize(2))
                .body("items[0].voidedAt", notNullValue())
                .body("items[1]", not(hasKey("voidedAt")));
        bob.sends().get("/api/v1/me/attendances").then().body("items", hasSize(2));
    }

    @Test
    void after_five_minutes_it_is_for_the_organisers_to_void() {
        Gathering event = Gathering.open();
        Person bob = Person.named("Bob");
        String id = event.checkIn(bob).extract().path("id");
        bob.sends().get("/api/v1/check-ins/" + id).then().body("can.undo", is(true));
        old(id, "5 minutes");
        bob.sends().get("/api/v1/check-ins/" + id).then().body("can.undo", is(false));
        undo(bob.sends(), id, Map.of()).statusCode(409).body("code", is("undo-too-late"));
        undo(event.host().sends(), id, Map.of()).statusCode(422).body("code", is("reason-required"));
        assertEquals(1, standing(event));
        undo(event.host().sends(), id, Map.of("reason", "Left at once."))
                .statusCode(200)
                .body("voidCause", is("STAFF"));
        assertEquals(0, standing(event));
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from journal_text t join journal_entry e on e.id = t.entry_id where e.subject_id = ?::uuid and e.kind = 'CheckInVoided' and t.value = 'Left at once.'",
                        id));
        assertEquals(0, Rows.count("select count(*) from attendance_credit where event_id = ?::uuid", event.id()));
    }

    @Test
    void whom_staff_voided_comes_in_by_staff_alone() {
        Gathering event = Gathering.open();
        Person bob = event.village().member("Bob");
        String id = event.checkIn(bob).extract().path("id");
        String device = anonymously(event, DEVICE).statusCode(201).extract().path("id");
        for (String one : List.of(id, device))
            undo(event.host().sends(), one, Map.of("reason", "Shouting.")).statusCode(200);
        event.checkIn(bob).statusCode(409).body("code", is("check-in-voided"));
        anonymously(event, DEVICE).statusCode(409).body("code", is("check-in-voided"));
        byClient(bob.sends(), event, UUID.randomUUID().toString()).statusCode(409);
        anonymously(event, OTHER_DEVICE).statusCode(201);
        assertEquals(3, refusals(event, "check-in-voided"));
        String again = admitted(event, bob).statusCode(201).extract().path("id");
        event.checkIn(bob).statusCode(200).body("id", is(again));
        undo(bob.sends(), again, Map.of()).statusCode(200).body("voidCause", is("SELF"));
        event.checkIn(bob).statusCode(201);
    }

    @Test
    void an_anonymous_device_takes_its_own_back_and_no_other_does() {
        Gathering event = Gathering.open();
        String id = anonymously(event, DEVICE).statusCode(201).extract().path("id");
        undo(Person.nobody(), id, Map.of()).statusCode(404);
        undo(Person.nobody().cookie("ts_d", OTHER_DEVICE), id, Map.of())
                .statusCode(404)
                .body("code", is("not-found"));
        undo(Person.named("Eve").sends(), id, Map.of()).statusCode(404);
        undo(event.village().member("Dan").sends(), id, Map.of()).statusCode(404);
        assertEquals(1, standing(event));
        undo(Person.nobody().cookie("ts_d", DEVICE), id, Map.of())
                .statusCode(200)
                .body("receipt", nullValue());
        anonymously(event, DEVICE).statusCode(201).body("id", not(is(id)));
    }

    @Test
    void whoever_recorded_it_voids_it_without_a_reason_for_a_while() {
        Gathering event = Gathering.open();
        Person org = event.village().member("Olga", "ORGANIZER");
        String mine = walkIn(org, event, Map.of("name", "A guest"))
                .statusCode(201)
                .extract()
                .path("id");
        String late = walkIn(org, event, Map.of()).statusCode(201).extract().path("id");
        undo(event.host().sends(), mine, Map.of()).statusCode(422).body("code", is("reason-required"));
        undo(org.sends(), mine, Map.of()).statusCode(200).body("voidCause", is("STAFF"));
        old(late, "15 minutes");
        undo(org.sends(), late, Map.of()).statusCode(422).body("code", is("reason-required"));
        undo(org.sends(), late, Map.of("reason", "Twice.")).statusCode(200);
    }

    private static void old(String checkIn, String age) {
        assertEquals(
                1,
                Rows.change(
                        "update attendance set received_at = received_at - interval '" + age
                                + "', checked_in_at = checked_in_at - interval '" + age + "' where id = ?::uuid",
                        checkIn));
    }

    private static ValidatableResponse undo(RequestSpecification by, String checkIn, Map<String, ?> body) {
        return by.body(body).post("/api/v1/check-ins/" + checkIn + "/voiding").then();
    }

    // staff

    @Test
    void staff_let_people_in() {
        Gathering event = Gathering.open();
        Person bob = event.village().member("Bob");
        String id = admitted(event, bob)
                .statusCode(201)
                .body("result", is("CHECKED_IN"))
                .body("kind", is("REGISTERED"))
                .body("receipt", nullValue())
                .header("Location", org.hamcrest.Matchers.containsString("/api/v1/check-ins/"))
                .extract()
                .path("id");
        admitted(event, bob)
                .statusCode(200)
                .body("result", is("ALREADY_CHECKED_IN"))
                .body("id", is(id));
        event.checkIn(bob).statusCode(200).body("id", is(id)).body("receipt", notNullValue());
        String guest = walkIn(event.host(), event, Map.of("name", " Gus "))
                .statusCode(201)
                .body("kind", is("WALK_IN"))
                .extract()
                .path("id");
        walkIn(event.host(), event, Map.of()).statusCode(201).body("id", not(is(guest)));
        event.host()
                .sends()
                .get(event.path() + "/attendances")
                .then()
                .body("items.source", contains("STAFF", "STAFF", "STAFF"))
                .body("items[0].participant.name", is("Bob"))
                .body("items[1].walkInName", is("Gus"))
                .body("items.overridden", contains(false, false, false));
        // the person reads it, too, and what proves it
        bob.sends()
                .get("/api/v1/check-ins/" + id)
                .then()
                .statusCode(200)
                .body("source", is("STAFF"))
                .body("nonce", notNullValue())
                .body("entryId", notNullValue());
        assertEquals(3, facts(event, "CheckedIn"));
    }

    @Test
    void a_client_id_is_one_check_in_by_staff() {
        Gathering event = Gathering.open();
        Person bob = event.village().member("Bob");
        String id = UUID.randomUUID().toString();
        var guest = Map.of("clientId", id, "name", "Gus");
        String first =
                walkIn(event.host(), event, guest).statusCode(201).extract().path("id");
        walkIn(event.host(), event, guest).statusCode(200).body("id", is(first));
        for (var another : List.<Map<String, ?>>of(Map.of("clientId", id, "name", "Gina"), Map.of("clientId", id)))
            walkIn(event.host(), event, another).statusCode(422).body("code", is("idempotency-mismatch"));
        event.act("check-ins", Map.of("participantId", bob.id(), "clientId", id))
                .statusCode(422)
                .body("code", is("idempotency-mismatch"));
        undo(event.host().sends(), first, Map.of()).statusCode(200);
        walkIn(event.host(), event, guest).statusCode(409).body("code", is("check-in-voided"));
        assertEquals(0, standing(event));
    }

    @Test
    void the_same_key_gives_staff_the_first_answer_again() {
        Gathering event = Gathering.open();
        String key = UUID.randomUUID().toString();
        var first = keyed(event, key)
                .statusCode(201)
                .header("Idempotency-Replayed", nullValue())
                .extract();
        keyed(event, key)
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .header("Location", is(first.header("Location")))
                .body("", is(first.<Map<String, Object>>path("")));
        assertEquals(1, standing(event));
    }

    private static ValidatableResponse keyed(Gathering event, String key) {
        return event.host()
                .sends(Map.of("name", "Gus"))
                .header("Idempotency-Key", key)
                .post(event.path() + "/walk-ins")
                .then();
    }

    @Test
    void an_override_passes_phase_and_capacity_with_a_reason_and_is_marked() {
        Gathering event = Gathering.of(Map.of("capacity", 1));
        event.checkInAnonymously().statusCode(201);
        walkIn(event.host(), event, Map.of()).statusCode(409).body("code", is("event-full"));
        walkIn(event.host(), event, Map.of("override", true)).statusCode(422).body("code", is("reason-required"));
        String over = walkIn(event.host(), event, Map.of("override", true, "reason", "The speaker."))
                .statusCode(201)
                .extract()
                .path("id");
        event.act("closure", Map.of());
        walkIn(event.host(), event, Map.of()).statusCode(409).body("code", is("check-in-closed"));
        Person bob = event.village().member("Bob");
        event.act("check-ins", Map.of("participantId", bob.id(), "override", true, "reason", "Came in time."))
                .statusCode(201);
        event.act("cancellation", Map.of("reason", "Rain"));
        walkIn(event.host(), event, Map.of()).statusCode(410).body("code", is("event-cancelled"));
        assertEquals(3, standing(event));
        assertEquals(1, seats(event));
        assertEquals(
                2, Rows.count("select count(*) from attendance where event_id = ?::uuid and overridden", event.id()));
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from journal_text t join journal_entry e on e.id = t.entry_id where e.subject_id = ?::uuid and t.field = 'overrideReason' and t.value = 'The speaker.'",
                        over));
        for (String code : List.of("event-full", "check-in-closed", "event-cancelled"))
            assertEquals(1, refusals(event, code), code);
        assertEquals(List.of(), Database.texts("select id::varchar from invariant_oversold_event"));
    }

    @Test
    void staff_let_nobody_in_to_an_event_that_is_being_closed() throws Exception {
        Gathering event = Gathering.open();
        try (var connection = Database.connect()) {
            connection.setAutoCommit(false);
            try (var closing = connection.prepareStatement(
                    "update event set state = 'CLOSED', closed_at = clock_timestamp() where id = ?::uuid")) {
                closing.setString(1, event.id());
                assertEquals(1, closing.executeUpdate());
            }
            var answer = Rush.send(event.host(), "POST", event.path() + "/walk-ins", Map.of());
            Eventually.holds(
                    Duration.ofSeconds(20),
                    "staff wait for the closing",
                    () -> Rows.count(
                                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%for share%'")
                            == 1);
            connection.commit();
            assertEquals("check-in-closed", answer.get().body().getString("code"));
        }
        assertEquals(0, standing(event));
    }

    @Test
    void only_staff_let_people_in_and_only_whom_the_community_knows() {
        Gathering event = Gathering.open();
        Person bob = event.village().member("Bob");
        Person eve = Person.named("Eve Elsewhere");
        for (Person other : List.of(bob, eve)) {
            other.sends(Map.of("participantId", bob.id()))
                    .post(event.path() + "/check-ins")
                    .then()
                    .statusCode(403);
            other.sends(Map.of()).post(event.path() + "/walk-ins").then().statusCode(403);
            other.sends()
                    .get(event.path() + "/participants?name=Bob")
                    .then()
                    .statusCode(403)
                    .body("items", nullValue());
        }
        admitted(event, eve).statusCode(422).body("code", is("participant-unknown"));
        event.village().banned(event.village().joinedBy(eve));
        admitted(event, eve).statusCode(422).body("code", is("participant-unknown"));
        assertEquals(0, standing(event));
        assertEquals(0, Rows.count("select count(*) from check_in_refusal where event_id = ?::uuid", event.id()));
    }

    @Test
    void staff_look_people_up_by_three_letters_of_their_name() {
        Gathering event = Gathering.open();
        Person bob = event.village().member("Bob Builder_%");
        Person guest = Person.named("Guest Bobson");
        Person.named("Bob Stranger");
        event.village().suspended(event.village().member("Bob Barred"));
        Gathering.in(event.village(), Map.of()).checkIn(guest).statusCode(201);
        event.checkIn(bob);
        lookedUp(event, "bob")
                .body("items.name", contains("Bob Builder_%", "Guest Bobson"))
                .body("items.id", contains(bob.id(), guest.id()))
                .body("items.checkedIn", contains(true, false));
        lookedUp(event, "lder_%").body("items", hasSize(1));
        lookedUp(event, "bo%der").body("items", empty());
        admitted(event, guest).statusCode(201);
        lookedUp(event, "BOBSON").body("items.checkedIn", contains(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "  ab  ", "a%_", "%%%"})
    void two_letters_are_too_few_to_look_people_up(String name) {
        Gathering event = Gathering.open();
        event.host()
                .sends()
                .queryParam("name", name)
                .get(event.path() + "/participants")
                .then()
                .statusCode(400)
                .body("code", is("parameter-invalid"));
    }

    private static ValidatableResponse lookedUp(Gathering event, String name) {
        return event.host()
                .sends()
                .queryParam("name", name)
                .get(event.path() + "/participants")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse admitted(Gathering event, Person person) {
        return event.act("check-ins", Map.of("participantId", person.id()));
    }

    private static ValidatableResponse walkIn(Person by, Gathering event, Map<String, ?> body) {
        return by.sends(body).post(event.path() + "/walk-ins").then();
    }

    // claim

    @Test
    void an_anonymous_check_in_becomes_ones_own_from_the_same_device() {
        Gathering event = Gathering.open();
        var made = anonymously(event, DEVICE).statusCode(201).extract();
        String id = made.path("id");
        Person bob = Person.named("Bob");
        claim(bob, id, OTHER_DEVICE).statusCode(404).body("code", is("not-found"));
        claim(event.host(), id, OTHER_DEVICE).statusCode(404);
        for (int i = 0; i < 2; i++)
            claim(bob, id, DEVICE)
                    .statusCode(200)
                    .body("id", is(id))
                    .body("kind", is("REGISTERED"))
                    .body("receipt", is(made.<String>path("receipt")))
                    .body("nonce", notNullValue());
        claim(Person.named("Eve"), id, DEVICE).statusCode(404);
        event.checkIn(bob).statusCode(200).body("id", is(id));
        assertEquals(1, standing(event));
        assertEquals(1, facts(event, "CheckInClaimed"));
        assertEquals(1, Rows.count("select count(*) from attendance_credit where user_id = ?::uuid", bob.id()));
        // the entry that the person is shown is one that they may read
        String entry = bob.sends().get("/api/v1/check-ins/" + id).path("entryId");
        bob.sends().get("/api/v1/audit-entries/" + entry).then().statusCode(200).body("kind", is("CheckInClaimed"));
        bob.sends().get("/api/v1/me/attendances").then().body("items.entryId", contains(entry));
    }

    @Test
    void who_has_checked_in_under_their_name_already_has_one_check_in_afterwards() {
        Gathering event = Gathering.of(Map.of("capacity", 2));
        Person bob = Person.named("Bob");
        String id = anonymously(event, DEVICE).statusCode(201).extract().path("id");
        String named = event.checkIn(bob).statusCode(201).extract().path("id");
        for (int i = 0; i < 2; i++)
            claim(bob, id, DEVICE).statusCode(200).body("id", is(named)).body("kind", is("REGISTERED"));
        assertEquals(1, standing(event));
        assertEquals(1, seats(event));
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from attendance where id = ?::uuid and void_cause = 'MERGED' and kind = 'ANONYMOUS' and participant_id is null",
                        id));
        assertEquals(0, facts(event, "CheckInClaimed"));
        assertEquals(1, facts(event, "CheckInVoided"));
    }

    @Test
    void what_staff_voided_is_not_claimed_and_gives_nobody_a_way_round() {
        Gathering event = Gathering.open();
        Person bob = Person.named("Bob");
        String voided = anonymously(event, DEVICE).extract().path("id");
        undo(event.host().sends(), voided, Map.of("reason", "A prank.")).statusCode(200);
        claim(bob, voided, DEVICE).statusCode(409).body("code", is("check-in-voided"));
        String own = event.checkIn(bob).extract().path("id");
        undo(event.host().sends(), own, Map.of("reason", "Shouting.")).statusCode(200);
        String again =
                anonymously(event, OTHER_DEVICE).statusCode(201).extract().path("id");
        claim(bob, again, OTHER_DEVICE).statusCode(409).body("code", is("check-in-voided"));
        assertEquals(
                0,
                Rows.count(
                        "select count(*) from attendance where participant_id = ?::uuid and voided_at is null",
                        bob.id()));
    }

    private static ValidatableResponse claim(Person by, String checkIn, String device) {
        return by.sends("{}")
                .cookie("ts_d", device)
                .post("/api/v1/check-ins/" + checkIn + "/claim")
                .then();
    }

    private static ValidatableResponse anonymously(Gathering event, String device) {
        return Person.nobody()
                .cookie("ts_d", device)
                .body(Map.of("code", event.code()))
                .post("/api/v1/check-ins")
                .then();
    }

    // receipts

    @Test
    void a_receipt_says_whether_the_check_in_stands_and_never_whose_it_is() {
        Gathering event = Gathering.in(Village.hidden(), Map.of());
        Person bob = Person.named("Bob");
        var made = event.checkIn(bob).statusCode(201).extract();
        String path = "/api/v1/attendance-receipts/" + made.path("receipt");
        assertEquals(
                Map.of("eventId", event.id(), "checkedInAt", made.path("checkedInAt"), "voided", false),
                Person.nobody().get(path).then().statusCode(200).extract().path(""));
        undo(bob.sends(), made.path("id"), Map.of()).statusCode(200);
        Person.nobody().get(path).then().statusCode(200).body("voided", is(true));
        for (String wrong : List.of("x", Digest.of(new byte[32]).text(), made.path("receipt") + "=", "%20"))
            Person.nobody().get("/api/v1/attendance-receipts/" + wrong).then().statusCode(404);
    }

    @Test
    void a_person_works_out_the_receipt_and_proves_that_the_log_holds_it() {
        Gathering event = Gathering.open();
        Person bob = Person.named("Bob");
        String id = event.checkIn(bob).extract().path("id");
        var own = bob.sends()
                .get("/api/v1/check-ins/" + id)
                .then()
                .statusCode(200)
                .body("kind", is("REGISTERED"))
                .body("event.title", is("Assembly"))
                .extract();
        assertEquals(
                own.path("receipt"),
                Digest.ofLines(
                                "townsquare-attendance-1",
                                event.id(),
                                id,
                                bob.id(),
                                sixDecimals(own.path("checkedInAt")),
                                own.path("nonce"))
                        .text());
        String entry = own.path("entryId");
        bob.sends()
                .get("/api/v1/audit-entries/" + entry)
                .then()
                .statusCode(200)
                .body("body", org.hamcrest.Matchers.anything())
                .body("kind", is("CheckedIn"));
        Eventually.holds(() -> bob.sends()
                .get("/api/v1/audit-entries/" + entry + "/proof")
                .then()
                .statusCode(200)
                .body("checkpoint", notNullValue()));
        // others see neither nonce nor entry
        event.host()
                .sends()
                .get("/api/v1/check-ins/" + id)
                .then()
                .statusCode(200)
                .body("", not(hasKey("nonce")))
                .body("", not(hasKey("receipt")));
        Person.named("Eve").sends().get("/api/v1/check-ins/" + id).then().statusCode(404);
        event.village()
                .member("Dan")
                .sends()
                .get("/api/v1/check-ins/" + id)
                .then()
                .statusCode(404);
    }

    private static String sixDecimals(String instant) {
        return org.townsquare.journal.Journal.SIX_DECIMALS.format(Instant.parse(instant));
    }

    @Test
    void who_is_not_staff_reads_no_other_name() {
        Gathering event = Gathering.open();
        Person bob = event.village().member("Bob");
        Person dan = event.village().member("Dan Hiddenname");
        event.checkIn(dan);
        walkIn(event.host(), event, Map.of("name", "Gus Hiddenname")).statusCode(201);
        String mine = event.checkIn(bob).extract().path("id");
        String staff = event.host()
                .sends()
                .get(event.path() + "/attendances")
                .then()
                .body("items.walkInName", hasItem("Gus Hiddenname"))
                .extract()
                .path("items[0].id");
        for (String path : List.of(
                event.path(),
                event.path() + "/attendances",
                event.path() + "/participants?name=Hidden",
                "/api/v1/check-ins/" + mine,
                "/api/v1/check-ins/" + staff,
                "/api/v1/me/attendances",
                "/api/v1/event-codes/" + event.code(),
                "/api/v1/event-groups/" + event.groupId() + "/events",
                event.village().path() + "/events"))
            for (RequestSpecification by :
                    List.of(bob.sends(), Person.nobody(), Person.named("Eve").sends()))
                assertFalse(by.get(path).asString().contains("Hiddenname"), path);
    }

    // what stays

    @Test
    void an_account_that_is_deleted_leaves_row_kind_and_totals() {
        Gathering event = Gathering.open();
        Person bob = Person.named("Bob");
        String id = event.checkIn(bob).extract().path("id");
        // as the reference does it
        assertEquals(
                "SET NULL",
                Database.texts(
                                "select case confdeltype when 'n' then 'SET NULL' else confdeltype::varchar end from pg_constraint where conname = ?",
                                "attendance_participant")
                        .get(0));
        Rows.change("update attendance set participant_id = null where id = ?::uuid", id);
        event.host()
                .sends()
                .get(event.path() + "/attendances")
                .then()
                .body("items.id", contains(id))
                .body("items.kind", contains("REGISTERED"))
                .body("items[0]", not(hasKey("participant")));
        bob.sends().get("/api/v1/check-ins/" + id).then().statusCode(404);
        assertEquals(1, standing(event));
    }

    @Test
    void refusals_are_noted_without_a_person_and_forgotten_after_thirty_days() {
        Gathering event = Gathering.of(Map.of("admission", "SIGNED_IN", "capacity", 1));
        String client = UUID.randomUUID().toString();
        byClient(Person.nobody(), event, client).statusCode(401);
        event.checkIn(Person.named("Bob")).statusCode(201);
        event.checkIn(Person.named("Eve")).statusCode(409);
        event.act("closure", Map.of());
        event.checkIn(Person.named("Dan")).statusCode(409);
        assertEquals(
                List.of("check-in-closed SELF -", "event-full SELF -", "sign-in-required SELF " + client),
                Database.texts(
                        "select code || ' ' || source || ' ' || coalesce(client_id::varchar, '-') from check_in_refusal where event_id = ?::uuid order by code",
                        event.id()));
    }

    @Test
    void a_code_that_was_replaced_is_noted_at_its_event() {
        Gathering event = Gathering.open();
        event.act("code", Map.of()).statusCode(200);
        event.checkInAnonymously().statusCode(410).body("code", is("code-replaced"));
        assertEquals(1, refusals(event, "code-replaced"));
    }

    private static long refusals(Gathering event, String code) {
        return Rows.count(
                "select count(*) from check_in_refusal where event_id = ?::uuid and code = ?", event.id(), code);
    }

    private static long standing(Gathering event) {
        return Rows.count("select count(*) from attendance where event_id = ?::uuid and voided_at is null", event.id());
    }

    private static long seats(Gathering event) {
        return Rows.count("select count(attendance_id) from event_seat where event_id = ?::uuid", event.id());
    }

    private static long facts(Gathering event, String kind) {
        return Rows.count(
                "select count(*) from journal_entry e join attendance a on a.id = e.subject_id where a.event_id = ?::uuid and e.kind = ?",
                event.id(),
                kind);
    }
}
