package org.townsquare.identity;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Admin;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Gathering;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class ErasureTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static ValidatableResponse ask(Person person) {
        return person.sends(Map.of("password", Person.PASSWORD))
                .post("/api/v1/me/erasure")
                .then();
    }

    private static void makeDue(Person person) {
        Rows.change("update users set erase_at = clock_timestamp() where id = ?::uuid", person.id());
    }

    private static String status(Person person) {
        return Database.texts("select status from users where id = ?::uuid", person.id())
                .get(0);
    }

    private static void erase(Person person) {
        ask(person).statusCode(201);
        makeDue(person);
        Eventually.holds(SOON, () -> assertEquals("ERASED", status(person)));
    }

    private static List<String> entries(Person person) {
        return Database.texts(
                "select encode(sha256(body), 'hex') from journal_entry where credential <> 'SYSTEM' and (actor_id = ?::uuid or subject_id = ?::uuid) order by id",
                person.id(),
                person.id());
    }

    @Test
    void it_is_asked_for_with_the_password_and_called_off_within_fourteen_days() {
        Person ada = Person.named("Ada");
        ada.sends(Map.of("password", "not the password"))
                .post("/api/v1/me/erasure")
                .then()
                .statusCode(403)
                .body("code", is("proof-needed"));
        ada.sends("{}").post("/api/v1/me/erasure").then().statusCode(403).body("code", is("proof-needed"));
        ada.sends().delete("/api/v1/me/erasure").then().statusCode(404);
        String due =
                ask(ada).statusCode(201).body("dueAt", notNullValue()).extract().path("dueAt");
        Duration until = Duration.between(Instant.now(), Instant.parse(due));
        assertTrue(until.compareTo(Duration.ofDays(14)) <= 0
                && until.compareTo(Duration.ofDays(14).minusMinutes(1)) > 0);
        ask(ada.again()).statusCode(200).body("dueAt", is(due));
        ada.again().sends().delete("/api/v1/me/erasure").then().statusCode(204);
        assertEquals(0, Rows.count("select count(*) from users where erase_at is not null and id = ?::uuid", ada.id()));
        for (String fact : List.of("ErasureAsked", "ErasureCalledOff"))
            assertEquals(
                    1,
                    Rows.count(
                            "select count(*) from journal_entry where kind = ? and actor_id = ?::uuid",
                            fact,
                            ada.id()));
    }

    @Test
    void what_a_feature_cannot_let_go_is_said_at_once_and_again_at_the_time() {
        Person ada = Person.named("Ada");
        StubbornFeature.KEPT.add(UUID.fromString(ada.id()));
        ask(ada).statusCode(409).body("code", is("last-admin")).body("detail", is("You are the last ADMIN of Oak."));
        assertEquals(0, Rows.count("select count(*) from users where erase_at is not null and id = ?::uuid", ada.id()));
        Admin.named("Root")
                .sends(Map.of("status", "DISABLED", "reason", "x"))
                .put("/api/v1/users/" + ada.id() + "/status")
                .then()
                .statusCode(409)
                .body("code", is("last-admin"));
        SessionsTest.me(ada).statusCode(200);
        makeDue(ada);
        // others do not wait for one that is refused
        Person later = Person.named("Bob");
        erase(later);
        assertEquals("ACTIVE", status(ada));
        SessionsTest.me(ada).statusCode(200);
        StubbornFeature.KEPT.remove(UUID.fromString(ada.id()));
        Eventually.holds(SOON, () -> assertEquals("ERASED", status(ada)));
    }

    @Test
    void an_erased_person_is_nobody_any_more_and_what_they_did_stays() {
        Village village = Village.open();
        Person bob = village.member("Bob Unforgettable", "COUNCIL");
        Motion motion = Motion.draft(village, bob, Map.of()).opened();
        assertEquals(201, motion.vote(bob, "YES"));
        Gathering event = Gathering.in(village, Map.of());
        event.checkIn(bob).statusCode(201);
        Person key = ApiKeysTest.key(bob, Map.of(), "community:read");
        Admin.named("Root")
                .sends(Map.of("reason", "Bob Unforgettable asked.", "minutes", 5))
                .post("/api/v1/users/" + bob.id() + "/impersonation")
                .then()
                .statusCode(201);
        Rows.change(
                "update users set phone = '+491701234567', bio = 'I am Bob', avatar_url = 'https://example.org/bob' where id = ?::uuid",
                bob.id());
        assertEquals(1, Rows.count("select count(*) from verification where user_id = ?::uuid", bob.id()));
        ask(bob).statusCode(201);
        List<String> before = entries(bob);
        assertTrue(before.size() >= 7, before.toString());
        makeDue(bob);
        Eventually.holds(SOON, () -> assertEquals("ERASED", status(bob)));

        SessionsTest.me(bob).statusCode(401);
        key.sends().get(village.path()).then().statusCode(401);
        SignInTest.signIn(bob.email(), Person.PASSWORD).statusCode(401);
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from users where id = ?::uuid and name = 'Former member' and num_nonnulls(email, email_verified_at, phone, phone_verified_at, bio, avatar_url, erase_at) = 0 and platform_roles = '{}'",
                        bob.id()));
        for (String table : List.of("session", "api_key", "account", "verification"))
            assertEquals(0, Rows.count("select count(*) from " + table + " where user_id = ?::uuid", bob.id()), table);
        // the log is as it was, bit for bit, and what it committed to is gone
        assertEquals(before, entries(bob));
        for (String beside : List.of("journal_text", "journal_origin"))
            assertEquals(
                    0,
                    Rows.count(
                            "select count(*) from " + beside
                                    + " where entry_id in (select id from journal_entry where ?::uuid in (actor_id, subject_id))",
                            bob.id()),
                    beside);
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from journal_entry where kind = 'UserErased' and subject_id = ?::uuid and credential = 'SYSTEM'",
                        bob.id()));
        // what was done by others keeps what stands beside it
        assertTrue(Rows.count(
                        "select count(*) from journal_origin where entry_id in (select id from journal_entry where actor_id = ?::uuid)",
                        village.founder().id())
                > 0);
        village.founder()
                .sends()
                .get(motion.path())
                .then()
                .body("author.name", is("Former member"))
                .body("author.id", is(bob.id()));
        assertEquals(1, Rows.count("select count(*) from vote where user_id = ?::uuid and choice = 'YES'", bob.id()));
        village.founder()
                .sends()
                .get(event.path() + "/attendances")
                .then()
                .body("items.kind", contains("REGISTERED"))
                .body("items[0].participant", nullValue());
        // the row counts on, and its receipt cannot be worked out again
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from attendance where event_id = ?::uuid and kind = 'REGISTERED' and num_nonnulls(participant_id, nonce) = 0",
                        event.id()));
        String log = village.founder()
                .sends()
                .get(village.path() + "/audit-log?limit=100")
                .then()
                .statusCode(200)
                .body("items.actor.name", hasItem("Former member"))
                .body("items.actor.name", not(hasItem("Bob Unforgettable")))
                .extract()
                .asString();
        assertFalse(log.contains("Unforgettable"));
    }

    @Test
    void the_e_mail_is_free_again() {
        Person ada = Person.named("Ada");
        erase(ada);
        Person.nobody()
                .body(Map.of("name", "Ada again", "email", ada.email(), "password", Person.PASSWORD))
                .post("/api/v1/sign-ups")
                .then()
                .statusCode(201)
                .body("user.id", not(is(ada.id())));
    }

    @Test
    void an_erased_account_is_not_brought_back() {
        Person ada = Person.named("Ada");
        erase(ada);
        Person root = Admin.named("Root");
        for (String status : List.of("ACTIVE", "DISABLED"))
            root.sends(Map.of("status", status, "reason", "x"))
                    .put("/api/v1/users/" + ada.id() + "/status")
                    .then()
                    .statusCode(409)
                    .body("code", is("user-erased"));
        root.sends(Map.of("roles", List.of("PLATFORM_ADMIN")))
                .put("/api/v1/users/" + ada.id() + "/platform-roles")
                .then()
                .statusCode(409)
                .body("code", is("user-not-active"));
    }

    @Test
    void an_admin_who_is_erased_acts_as_nobody() {
        Person root = Admin.named("Root");
        Admin.named("Other");
        Person bob = Person.named("Bob");
        Person acting = bob.by(root.sends(Map.of("reason", "Bob asked for help.", "minutes", 5))
                .post("/api/v1/users/" + bob.id() + "/impersonation")
                .then()
                .statusCode(201)
                .extract()
                .path("token"));
        String origins =
                "select count(*) from journal_origin where entry_id in (select id from journal_entry where impersonator_id = ?::uuid)";
        Person before = bob.by(root.sends(Map.of("reason", "Bob asked before.", "minutes", 5))
                .post("/api/v1/users/" + bob.id() + "/impersonation")
                .then()
                .statusCode(201)
                .extract()
                .path("token"));
        before.sends().delete("/api/v1/me/impersonation").then().statusCode(204);
        assertEquals(1, Rows.count(origins, root.id()));
        erase(root);
        assertEquals(0, Rows.count(origins, root.id()));
        SessionsTest.me(acting).statusCode(401);
        bob.sends().get("/api/v1/me/sessions").then().statusCode(200).body("items.size()", is(1));
    }
}
