package org.townsquare.identity;

import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Admin;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Mailbox;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class ImpersonationTest {
    private static final String REASON = "Bob cannot find his proposal.";

    private static ValidatableResponse start(Person admin, Person subject, Object reason, Object minutes) {
        return admin.sends(Map.of("reason", reason, "minutes", minutes))
                .post("/api/v1/users/" + subject.id() + "/impersonation")
                .then();
    }

    /** The subject, in a session of the admin's. */
    private static Person as(Person admin, Person subject) {
        return subject.by(
                start(admin, subject, REASON, 60).statusCode(201).extract().path("token"));
    }

    private static void forbidden(io.restassured.response.Response answer) {
        answer.then().statusCode(403).body("code", is("impersonation-forbidden"));
    }

    @Test
    void the_subject_sees_who_acts_as_them_and_why_and_may_end_it() {
        Person root = Admin.named("Root");
        Person bob = Person.named("Bob");
        start(root, bob, REASON, 10)
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("token", matchesPattern("tss_[A-Za-z0-9_-]{43}"))
                .body("userId", is(bob.id()))
                .body("expiresAt", notNullValue());
        String session = bob.sends()
                .get("/api/v1/me/sessions")
                .then()
                .body("items", hasSize(2))
                .body("items[0].impersonation.by", is(root.id()))
                .body("items[0].impersonation.name", is("Root"))
                .body("items[0].impersonation.reason", is(REASON))
                .body("items[0].sameNetwork", is(false))
                .extract()
                .path("items[0].id");
        Person acting = as(root, bob);
        bob.sends().delete("/api/v1/sessions/" + session).then().statusCode(204);
        acting.sends().get("/api/v1/me").then().statusCode(200).body("id", is(bob.id()));
        bob.sends().delete("/api/v1/me/sessions").then().statusCode(204);
        acting.sends().get("/api/v1/me").then().statusCode(401);
        assertEquals(2, entries("ImpersonationStarted", bob, "actor_id = '" + root.id() + "'::uuid"));
        assertEquals(2, entries("ImpersonationEnded", bob, "actor_id = '" + bob.id() + "'::uuid"));
        assertEquals(
                1,
                Rows.count(
                        "select count(distinct t.value) from journal_text t join journal_entry e on e.id = t.entry_id where e.subject_id = ?::uuid and t.value = ?",
                        bob.id(),
                        REASON));
    }

    private static long entries(String kind, Person subject, String where) {
        return Rows.count(
                "select count(*) from journal_entry where kind = ? and subject_id = ?::uuid and " + where,
                kind,
                subject.id());
    }

    @Test
    void the_admin_ends_it_and_the_entry_names_both() {
        Person root = Admin.named("Root");
        Person bob = Person.named("Bob");
        Person acting = as(root, bob);
        assertFalse(Mailbox.nth(1, bob.email(), "An admin acts as you").text().contains(REASON));
        acting.sends().delete("/api/v1/me/impersonation").then().statusCode(204);
        assertEquals(
                List.of("An admin acts as you", "An admin no longer acts as you"),
                Stream.of(Mailbox.nth(1, bob.email(), "An admin no longer acts as you"))
                        .flatMap(last -> Mailbox.of(bob.email()).stream())
                        .map(Mailbox.Mail::subject)
                        .filter(subject -> subject.startsWith("An admin"))
                        .toList());
        acting.sends().get("/api/v1/me").then().statusCode(401);
        bob.sends().get("/api/v1/me").then().statusCode(200);
        bob.sends().delete("/api/v1/me/impersonation").then().statusCode(404);
        assertEquals(
                1,
                entries(
                        "ImpersonationEnded",
                        bob,
                        "actor_id = '%s'::uuid and impersonator_id = '%s'::uuid and credential = 'SESSION' and convert_from(body, 'UTF8')::json ->> 'impersonator' = '%s'"
                                .formatted(bob.id(), root.id(), root.id())));
    }

    @Test
    void one_that_runs_out_is_written_down_once() {
        Person root = Admin.named("Root");
        Person bob = Person.named("Bob");
        Person acting = as(root, bob);
        Rows.change(
                "update session set expires_at = clock_timestamp() - interval '1 second' where user_id = ?::uuid and impersonated_by is not null",
                bob.id());
        acting.sends().get("/api/v1/me").then().statusCode(401);
        Eventually.holds(() ->
                assertEquals(1, entries("ImpersonationEnded", bob, "credential = 'SYSTEM' and actor_id is null")));
        assertEquals(
                1,
                Rows.count("select count(*) from session where user_id = ?::uuid and ended_at = expires_at", bob.id()));
    }

    @Test
    void it_is_neither_nested_nor_of_an_admin_nor_of_oneself_nor_longer_than_an_hour() {
        Person root = Admin.named("Root");
        Person bob = Person.named("Bob");
        Person acting = as(root, bob);
        start(acting, Person.named("Cem"), REASON, 5).statusCode(403);
        start(root, Admin.named("Other"), REASON, 5).statusCode(403).body("code", is("impersonation-forbidden"));
        start(root, root, REASON, 5).statusCode(403).body("code", is("impersonation-forbidden"));
        start(bob, Person.named("Cem"), REASON, 5).statusCode(403).body("code", is("forbidden"));
        for (Object minutes : List.of(0, 61, -1))
            start(root, bob, REASON, minutes).statusCode(422);
        start(root, bob, REASON, 60).statusCode(201);
        for (String reason : List.of("too short", "          x          ", "x".repeat(501)))
            start(root, bob, reason, 5).statusCode(422).body("code", is("invalid"));
        Rows.change("update users set status = 'DISABLED' where id = ?::uuid", bob.id());
        start(root, bob, REASON, 5).statusCode(409).body("code", is("user-not-active"));
        acting.sends().get("/api/v1/me").then().statusCode(401);
        root.sends(Map.of("reason", REASON, "minutes", 5))
                .post("/api/v1/users/" + new java.util.UUID(0, 1) + "/impersonation")
                .then()
                .statusCode(404);
        assertEquals(
                0,
                Rows.count(
                        "select count(*) from session where impersonated_by is not null and expires_at > created_at + interval '1 hour'"));
    }

    @Test
    void an_admin_who_is_one_no_more_acts_as_nobody() {
        for (String change : List.of(
                "update users set platform_roles = '{}' where id = ?::uuid",
                "update users set status = 'DISABLED' where id = ?::uuid")) {
            Person root = Admin.named("Root");
            Person acting = as(root, Person.named("Bob"));
            acting.sends().get("/api/v1/me").then().statusCode(200);
            Rows.change(change, root.id());
            acting.sends().get("/api/v1/me").then().statusCode(401);
        }
        Person root = Admin.named("Root");
        Person bob = Person.named("Bob");
        Person acting = as(root, bob);
        Admin.promoted(bob);
        acting.sends().get("/api/v1/me").then().statusCode(401);
    }

    @Test
    void taking_the_role_or_disabling_ends_it_with_its_fact() {
        Person boss = Admin.named("Boss");
        Person root = Admin.named("Root");
        Person bob = Person.named("Bob");
        Person acting = as(root, bob);
        boss.sends(Map.of("roles", List.of()))
                .put("/api/v1/users/" + root.id() + "/platform-roles")
                .then()
                .statusCode(200);
        acting.sends().get("/api/v1/me").then().statusCode(401);
        assertEquals(1, entries("ImpersonationEnded", bob, "actor_id = '" + boss.id() + "'::uuid"));
    }

    @Test
    void it_may_read_and_nothing_else() {
        Village village = Village.open();
        Person bob = village.member("Bob");
        Rows.change("update community set visibility = 'PRIVATE' where id = ?::uuid", village.id());
        Motion draft = Motion.draft(village, bob, Map.of());
        Person acting = as(Admin.named("Root"), bob);
        acting.sends().get("/api/v1/me").then().statusCode(200);
        acting.sends().get(village.path()).then().statusCode(200);
        acting.sends().get(village.path() + "/members").then().statusCode(200);
        acting.sends()
                .get(draft.path())
                .then()
                .statusCode(200)
                .body("can.edit", is(false))
                .body("can.submit", is(false));
        forbidden(acting.sends(Map.of("title", "A bench", "description", "There."))
                .post(village.path() + "/proposals"));
        forbidden(acting.sends("{}").post(draft.path() + "/submission"));
        forbidden(acting.sends(Map.of("choice", "YES")).put(draft.path() + "/vote"));
        forbidden(acting.sends(Map.of("code", "ABCD2345")).post("/api/v1/check-ins"));
        forbidden(acting.sends(Map.of("name", "Oak", "slug", "v-" + Person.unique()))
                .post("/api/v1/communities"));
        forbidden(acting.sends(Map.of("roles", List.of())).put(village.path() + "/members/" + bob.id() + "/roles"));
        forbidden(acting.sends().get("/api/v1/me/sessions"));
        forbidden(acting.sends().delete("/api/v1/me/sessions"));
        forbidden(acting.sends().delete("/api/v1/me/session"));
        forbidden(acting.sends().get("/api/v1/me/api-keys"));
        forbidden(acting.sends(Map.of("name", "Door", "scopes", List.of("vote:cast"), "password", Person.PASSWORD))
                .post("/api/v1/me/api-keys"));
        forbidden(acting.sends().get("/api/v1/me/export"));
        forbidden(acting.sends(Map.of("password", Person.PASSWORD)).post("/api/v1/me/erasure"));
        forbidden(acting.sends().delete("/api/v1/me/erasure"));
        acting.sends().get("/api/v1/users").then().statusCode(403);
    }

    @Test
    void ballots_sessions_and_keys_are_not_shown() {
        Village village = Village.open();
        Person bob = village.member("Bob");
        Motion motion = Motion.draft(village, bob, Map.of()).opened();
        assertEquals(201, motion.vote(bob, "YES"));
        bob.sends(Map.of(
                        "name",
                        "Door",
                        "scopes",
                        List.of("vote:cast"),
                        "password",
                        Person.PASSWORD,
                        "communityId",
                        village.id()))
                .post("/api/v1/me/api-keys")
                .then()
                .statusCode(201);
        String log = village.path() + "/audit-log?limit=100";
        bob.sends().get(motion.path()).then().body("myVote.choice", is("YES")).body("can.vote", is(true));
        bob.sends()
                .get(log)
                .then()
                .body("items.kind", hasItem("VoteCast"))
                .body("items.kind", hasItem("ApiKeyCreated"));
        Person acting = as(Admin.named("Root"), bob);
        acting.sends()
                .get(motion.path())
                .then()
                .statusCode(200)
                .body("myVote", nullValue())
                .body("can.vote", is(false));
        acting.sends()
                .get(log)
                .then()
                .statusCode(200)
                .body("items.kind", not(hasItem("VoteCast")))
                .body("items.kind", not(hasItem("ApiKeyCreated")))
                .body("items.kind", hasItem("ProposalSubmitted"))
                .body("items.findAll { it.withheld }", hasSize(2))
                .body("items.origin", everyItem(nullValue()));
    }

    @Test
    void the_session_lasts_no_longer_than_was_asked() {
        Person root = Admin.named("Root");
        Person bob = Person.named("Bob");
        start(root, bob, REASON, 1).statusCode(201);
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from session where user_id = ?::uuid and impersonated_by is not null and network is null and expires_at between created_at + interval '59 seconds' and created_at + interval '1 minute'",
                        bob.id()));
    }
}
