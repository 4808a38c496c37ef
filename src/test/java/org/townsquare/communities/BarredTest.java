package org.townsquare.communities;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Ids;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

/** Who is barred from a community, or whose community is, neither votes nor checks in, whatever they were given before. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class BarredTest {
    private Village village;

    @BeforeEach
    void found() {
        village = Village.open();
    }

    private void become(Person member, String status) {
        switch (status) {
            case "SUSPENDED" -> village.suspended(member);
            case "BANNED" -> village.banned(member);
            case "LEFT" -> village.left(member);
            default -> throw new IllegalArgumentException(status);
        }
    }

    private void makePrivate(boolean hidden) {
        if (hidden)
            village.founder()
                    .sends(Map.of("visibility", "PRIVATE"))
                    .header("If-Match", "*")
                    .patch(village.path())
                    .then()
                    .statusCode(200);
    }

    private static ValidatableResponse vote(Motion motion, Person voter) {
        return voter.sends(Map.of("choice", "YES")).put(motion.path() + "/vote").then();
    }

    private static void answers(ValidatableResponse answer, int status, String code) {
        answer.statusCode(status);
        if (status >= 400) answer.body("code", is(code));
    }

    @ParameterizedTest
    @CsvSource({
        "SUSPENDED, false, 403, membership-suspended",
        "SUSPENDED, true, 403, membership-suspended",
        "BANNED, false, 403, membership-banned",
        "BANNED, true, 404, not-found",
        "LEFT, false, 201,",
        "LEFT, true, 201,"
    })
    void an_elector_who_is_barred_does_not_vote_and_one_who_left_does(
            String stands, boolean hidden, int status, String code) {
        Person bob = village.member("Bob");
        Motion motion = Motion.draft(village).opened();
        become(bob, stands);
        makePrivate(hidden);
        answers(vote(motion, bob), status, code);
        if (status == 201) vote(motion, bob).statusCode(200);
        assertEquals(
                List.of(status == 201 ? "1" : "0"),
                Database.texts("select count(*) from vote where proposal_id = ?::uuid", motion.id()));
    }

    @Test
    void a_suspension_that_has_run_out_lets_them_vote_and_makes_them_electors() {
        Person bob = village.member("Bob");
        village.suspended(bob);
        Motion before = Motion.draft(village).opened();
        Database.update("update member set suspended_until = clock_timestamp() where user_id = ?::uuid", bob.id());
        answers(vote(before, bob), 403, "not-in-electorate");
        vote(Motion.draft(village).opened(), bob).statusCode(201);
    }

    @Test
    void nobody_votes_in_a_suspended_or_deleted_community() {
        Person bob = village.member("Bob");
        Person lea = village.member("Lea");
        Motion motion = Motion.draft(village).opened();
        village.left(lea);
        Person root = Person.root();
        village.suspendedBy(root);
        answers(vote(motion, bob), 403, "community-suspended");
        answers(vote(motion, lea), 404, "not-found");
        root.sends().delete(village.path() + "/platform-suspension").then().statusCode(200);
        vote(motion, bob).statusCode(201);
        village.deleted();
        for (Person voter : List.of(bob, lea, village.founder())) answers(vote(motion, voter), 404, "not-found");
        village.founder().sends().get(motion.path()).then().statusCode(404);
        motion.council().sends("{}").post(motion.path() + "/closure").then().statusCode(404);
    }

    @Test
    void a_suspended_member_does_nothing_else_with_a_proposal_either() {
        Person bob = village.member("Bob", "COUNCIL");
        Motion motion = Motion.draft(village).submitted();
        village.suspended(bob);
        bob.sends().get(motion.path()).then().statusCode(200);
        answers(
                bob.sends(Map.of("decision", "APPROVE"))
                        .post(motion.path() + "/review")
                        .then(),
                403,
                "membership-suspended");
        Motion open = Motion.draft(village).opened();
        answers(bob.sends("{}").post(open.path() + "/closure").then(), 403, "membership-suspended");
    }

    @ParameterizedTest
    @CsvSource({
        "SUSPENDED, false, 403, membership-suspended",
        "SUSPENDED, true, 403, membership-suspended",
        "BANNED, false, 201,",
        "BANNED, true, 404, code-unknown",
        "LEFT, true, 201,"
    })
    void who_is_barred_does_not_check_in(String stands, boolean hidden, int status, String code) {
        Person bob = village.member("Bob");
        Gathering event = Gathering.in(village, Map.of());
        become(bob, stands);
        makePrivate(hidden);
        answers(event.checkIn(bob), status, code);
    }

    @Test
    void nobody_checks_in_where_the_community_is_suspended_or_deleted() {
        Person bob = village.member("Bob");
        Gathering event = Gathering.in(village, Map.of());
        Person root = Person.root();
        village.suspendedBy(root);
        answers(event.checkIn(bob), 403, "community-suspended");
        answers(event.checkIn(Person.named("Eve")), 404, "code-unknown");
        answers(event.checkInAnonymously(), 404, "code-unknown");
        Person.nobody().get("/c/" + event.code()).then().statusCode(404);
        root.sends().delete(village.path() + "/platform-suspension").then().statusCode(200);
        event.checkIn(bob).statusCode(201);
        village.deleted();
        for (Person person : List.of(bob, village.founder())) answers(event.checkIn(person), 404, "code-unknown");
        answers(event.checkInAnonymously(), 404, "code-unknown");
        village.founder().sends().get(event.path()).then().statusCode(404);
    }

    @Test
    void a_key_for_one_community_reaches_no_other() {
        Village other = Village.open();
        Person bob = village.member("Bob");
        other.joinedBy(bob);
        Person key = key(bob, village);
        Motion here = Motion.draft(village).opened();
        Motion there = Motion.draft(other).opened();
        vote(here, key).statusCode(201);
        answers(vote(there, key), 404, "not-found");
        vote(there, bob).statusCode(201);
        Gathering elsewhere = Gathering.in(other, Map.of());
        for (Gathering event : List.of(elsewhere, Gathering.in(village, Map.of())))
            answers(event.checkIn(key), 403, "scope-missing");
        answers(key.sends("{}").post(other.path() + "/members").then(), 403, "scope-missing");
        key.sends().get(other.path()).then().statusCode(404);
        key.sends().get("/api/v1/communities").then().body("items.id", is(List.of(village.id())));
        answers(
                key.sends(Map.of("token", other.link(1)))
                        .post("/api/v1/invitation-acceptances")
                        .then(),
                403,
                "scope-missing");
    }

    @Test
    void a_key_for_one_community_is_not_given_what_its_user_was_answered_elsewhere() {
        Village other = Village.open();
        Person bob = village.member("Bob");
        other.joinedBy(bob);
        Person key = key(bob, village);
        String repeat = UUID.randomUUID().toString();
        answers(drafts(bob, other, repeat), 201, "");
        answers(drafts(bob, other, repeat), 201, "");
        answers(drafts(key, other, repeat), 404, "not-found");
        answers(drafts(key, village, repeat), 201, "");
    }

    private static ValidatableResponse drafts(Person by, Village where, String repeat) {
        return by.sends(Map.of("title", "A bench", "description", "By the river."))
                .header("Idempotency-Key", repeat)
                .post(where.path() + "/proposals")
                .then();
    }

    @Test
    void whose_account_is_disabled_is_no_elector() {
        Person bob = village.member("Bob");
        Person cem = village.member("Cem");
        Database.update("update users set status = 'DISABLED' where id = ?::uuid", bob.id());
        Motion.draft(village).opened();
        assertEquals(
                List.of(cem.id()),
                Database.texts(
                        "select user_id::varchar from elector where user_id in (?::uuid, ?::uuid)",
                        bob.id(),
                        cem.id()));
    }

    /** The person by a key that is for this community alone. */
    private static Person key(Person owner, Village within) {
        String secret = "tsk_" + Person.unique() + Person.unique();
        Database.update(
                "insert into api_key (id, version, created_at, updated_at, user_id, community_id, name, prefix, key_hash, scopes, expires_at, per_minute) "
                        + "values (?, 0, clock_timestamp(), clock_timestamp(), ?::uuid, ?::uuid, 'Key', 'x', ?, "
                        + "'{vote:cast,check-in:self,member:join,community:read,proposal:read,proposal:draft}', clock_timestamp() + interval '1 day', 100)",
                Ids.next(),
                owner.id(),
                within.id(),
                Digest.sha256(secret.getBytes(StandardCharsets.UTF_8)).bytes());
        return new Person(owner.id(), owner.name(), owner.email(), secret);
    }
}
