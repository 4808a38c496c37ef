package org.townsquare.communities;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.townsquare.town.Database;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

/** The table of states of a membership: each change that it allows with its fact, each other one refused. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class MembershipsTest {
    private Village village;
    private Person ada;

    @BeforeEach
    void found() {
        village = Village.open();
        ada = village.founder();
    }

    /** Somebody who stands so. */
    private Person standing(String status) {
        return switch (status) {
            case "NONE" -> Person.named("Eve");
            case "PENDING" -> village.asking("Pia");
            case "ACTIVE" -> village.member("Bob");
            case "SUSPENDED" -> village.suspended(village.member("Sam"));
            case "BANNED" -> village.banned(village.member("Ban"));
            default -> village.left(village.member("Lea"));
        };
    }

    private void stands(Person person, String status) {
        assertEquals(
                status.equals("NONE") ? List.of() : List.of(status),
                Database.texts(
                        "select status from member where community_id = ?::uuid and user_id = ?::uuid",
                        village.id(),
                        person.id()));
    }

    private void happened(String fact, Person actor, Person person) {
        assertEquals(
                List.of(actor.id()),
                Database.texts(
                        "select e.actor_id from journal_entry e join member m on m.id = e.subject_id where e.community_id = ?::uuid "
                                + "and e.kind = ? and m.user_id = ?::uuid order by e.id desc limit 1",
                        village.id(),
                        fact,
                        person.id()));
    }

    @ParameterizedTest
    @CsvSource({
        "OPEN, NONE, 201, ACTIVE, MemberJoined",
        "OPEN, LEFT, 201, ACTIVE, MemberJoined",
        "OPEN, ACTIVE, 200, ACTIVE,",
        "OPEN, SUSPENDED, 403, SUSPENDED, membership-suspended",
        "OPEN, BANNED, 403, BANNED, membership-banned",
        "REQUEST, NONE, 201, PENDING, MembershipAsked",
        "REQUEST, LEFT, 201, PENDING, MembershipAsked",
        "REQUEST, PENDING, 200, PENDING,",
        "INVITE, NONE, 403, NONE, invitation-needed",
        "INVITE, LEFT, 403, LEFT, invitation-needed",
        "INVITE, ACTIVE, 200, ACTIVE,"
    })
    void joining(String policy, String from, int status, String to, String factOrCode) {
        Person person = standing(from);
        ada.sends(Map.of("joinPolicy", policy)).header("If-Match", "*").patch(village.path());
        var answer = person.sends("{}").post(village.path() + "/members").then().statusCode(status);
        stands(person, to);
        if (status == 403) answer.body("code", is(factOrCode));
        if (status == 201) happened(factOrCode, person, person);
        if (to.equals("ACTIVE")) answer.body("roles", contains("CITIZEN"));
    }

    @ParameterizedTest
    @CsvSource({
        "approval, PENDING, 200, ACTIVE, MemberJoined",
        "approval, ACTIVE, 409, ACTIVE, member-not-pending",
        "approval, SUSPENDED, 409, SUSPENDED, member-not-pending",
        "approval, BANNED, 409, BANNED, member-not-pending",
        "approval, LEFT, 409, LEFT, member-not-pending",
        "approval, NONE, 404, NONE, not-found",
        "suspension, ACTIVE, 200, SUSPENDED, MemberSuspended",
        "suspension, PENDING, 409, PENDING, member-not-active",
        "suspension, SUSPENDED, 409, SUSPENDED, member-not-active",
        "suspension, BANNED, 409, BANNED, member-not-active",
        "suspension, LEFT, 409, LEFT, member-not-active",
        "suspension, NONE, 404, NONE, not-found",
        "ban, ACTIVE, 200, BANNED, MemberBanned",
        "ban, PENDING, 200, BANNED, MemberBanned",
        "ban, SUSPENDED, 200, BANNED, MemberBanned",
        "ban, BANNED, 409, BANNED, member-banned",
        "ban, LEFT, 409, LEFT, member-left",
        "ban, NONE, 404, NONE, not-found"
    })
    void what_an_admin_does(String noun, String from, int status, String to, String factOrCode) {
        Person person = standing(from);
        Map<String, String> body = noun.equals("approval") ? Map.of() : Map.of("reason", "Because.");
        var answer =
                ada.sends(body).post(village.pathOf(person) + "/" + noun).then().statusCode(status);
        stands(person, to);
        if (status == 200) happened(factOrCode, ada, person);
        if (status == 200) answer.body("status", is(to));
        else answer.body("code", is(factOrCode));
    }

    @ParameterizedTest
    @CsvSource({
        "suspension, SUSPENDED, 200, ACTIVE, SuspensionLifted",
        "suspension, ACTIVE, 409, ACTIVE, member-not-suspended",
        "suspension, PENDING, 409, PENDING, member-not-suspended",
        "suspension, BANNED, 409, BANNED, member-not-suspended",
        "ban, BANNED, 200, LEFT, BanLifted",
        "ban, ACTIVE, 409, ACTIVE, member-not-banned",
        "ban, LEFT, 409, LEFT, member-not-banned",
        "ban, NONE, 404, NONE, not-found"
    })
    void what_an_admin_lifts(String noun, String from, int status, String to, String factOrCode) {
        Person person = standing(from);
        var answer =
                ada.sends().delete(village.pathOf(person) + "/" + noun).then().statusCode(status);
        stands(person, to);
        if (status == 200) happened(factOrCode, ada, person);
        else answer.body("code", is(factOrCode));
    }

    @ParameterizedTest
    @CsvSource({
        "self, ACTIVE, 204, LEFT, MemberLeft",
        "self, SUSPENDED, 204, LEFT, MemberLeft",
        "self, PENDING, 204, LEFT, MembershipDeclined",
        "self, BANNED, 404, BANNED, not-found",
        "self, LEFT, 404, LEFT, not-found",
        "self, NONE, 404, NONE, not-found",
        "admin, ACTIVE, 204, LEFT, MemberLeft",
        "admin, SUSPENDED, 204, LEFT, MemberLeft",
        "admin, PENDING, 204, LEFT, MembershipDeclined",
        "admin, BANNED, 409, BANNED, member-banned",
        "admin, LEFT, 409, LEFT, member-left",
        "admin, NONE, 404, NONE, not-found",
        "other, ACTIVE, 403, ACTIVE, not-allowed"
    })
    void the_end_of_a_membership(String who, String from, int status, String to, String factOrCode) {
        Person person = standing(from);
        Person by =
                switch (who) {
                    case "self" -> person;
                    case "admin" -> ada;
                    default -> village.member("Cem", "COUNCIL");
                };
        var answer = by.sends().delete(village.pathOf(person)).then().statusCode(status);
        stands(person, to);
        if (status == 204) happened(factOrCode, by, person);
        else answer.body("code", is(factOrCode));
    }

    @ParameterizedTest
    @CsvSource({"POST, approval", "POST, suspension", "POST, ban", "DELETE, suspension", "DELETE, ban"})
    void nobody_but_an_admin_judges_members(String method, String noun) {
        Person person = standing("ACTIVE");
        Map<String, String> body = noun.equals("approval") ? Map.of() : Map.of("reason", "Because.");
        Person council = village.member("Cem", "COUNCIL", "ORGANIZER");
        for (Person by : List.of(council, standing("SUSPENDED"), Person.named("Eve"), Person.root())) {
            var request = method.equals("POST") ? by.sends(body) : by.sends();
            request.request(method, village.pathOf(person) + "/" + noun).then().statusCode(403);
        }
        var nobody = method.equals("POST") ? Person.nobody().body(body) : Person.nobody();
        nobody.request(method, village.pathOf(person) + "/" + noun).then().statusCode(401);
        stands(person, "ACTIVE");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /approval",
        "POST, /suspension",
        "POST, /ban",
        "DELETE, /suspension",
        "DELETE, /ban",
        "PUT, /roles",
        "DELETE, ''"
    })
    void who_may_not_judge_members_does_not_learn_who_is_or_was_one(String method, String noun) {
        Map<String, ?> body =
                switch (noun) {
                    case "/approval" -> Map.of();
                    case "/roles" -> Map.of("roles", List.of());
                    default -> Map.of("reason", "Because.");
                };
        var answers = Map.of(Person.named("Eve"), "members-only", village.member("Cem", "COUNCIL"), "not-allowed");
        answers.forEach((by, code) -> {
            for (Person whom : List.of(standing("ACTIVE"), standing("BANNED"), Person.named("Nobody here")))
                (method.equals("DELETE") ? by.sends() : by.sends(body))
                        .request(method, village.pathOf(whom) + noun)
                        .then()
                        .statusCode(403)
                        .body("code", is(code));
        });
    }

    @Test
    void who_left_comes_back_as_a_citizen() {
        Person cem = village.member("Cem", "COUNCIL", "ORGANIZER");
        village.left(cem);
        assertEquals(
                List.of("{}"),
                Database.texts(
                        "select roles::varchar from member where community_id = ?::uuid and user_id = ?::uuid",
                        village.id(),
                        cem.id()));
        cem.sends("{}").post(village.path() + "/members").then().statusCode(201).body("roles", contains("CITIZEN"));
    }

    @Test
    void a_suspended_member_keeps_the_roles_but_reads_only_what_a_citizen_reads_and_writes_nothing() {
        Person cem = village.suspended(village.member("Cem", "COUNCIL", "ADMIN"));
        cem.sends().get(village.path() + "/members").then().statusCode(200);
        cem.sends().get(village.path() + "/members?status=SUSPENDED").then().statusCode(403);
        cem.sends(Map.of("title", "A bench", "description", "There."))
                .post(village.path() + "/proposals")
                .then()
                .statusCode(403)
                .body("code", is("membership-suspended"));
        cem.sends(Map.of())
                .post(village.path() + "/invitations")
                .then()
                .statusCode(403)
                .body("code", is("membership-suspended"));
        ada.sends()
                .delete(village.pathOf(cem) + "/suspension")
                .then()
                .statusCode(200)
                .body("roles", containsInAnyOrder("CITIZEN", "COUNCIL", "ADMIN"));
        cem.sends().get(village.path() + "/members?status=SUSPENDED").then().statusCode(200);
    }

    @Test
    void a_suspension_whose_end_has_come_is_over_everywhere() {
        Person cem = village.member("Cem", "COUNCIL");
        Instant end = Instant.now().plus(Duration.ofDays(1));
        ada.sends(Map.of("reason", "Shouting.", "until", end.toString()))
                .post(village.pathOf(cem) + "/suspension")
                .then()
                .statusCode(200)
                .body("suspendedUntil", notNullValue());
        ada.sends().get(village.path() + "/members").then().body("items.name", not(hasItem("Cem")));
        Database.update(
                "update member set suspended_until = clock_timestamp() - interval '1 second' where user_id = ?::uuid",
                cem.id());
        ada.sends().get(village.path() + "/members").then().body("items.name", hasItem("Cem"));
        ada.sends().get(village.path() + "/members?status=SUSPENDED").then().body("items", empty());
        ada.sends().get(village.pathOf(cem)).then().body("status", is("ACTIVE")).body("reason", nullValue());
        cem.sends(Map.of("title", "A bench", "description", "There."))
                .post(village.path() + "/proposals")
                .then()
                .statusCode(201);
        ada.sends()
                .delete(village.pathOf(cem) + "/suspension")
                .then()
                .statusCode(409)
                .body("code", is("member-not-suspended"));
        ada.sends(Map.of("roles", List.of("ORGANIZER")))
                .put(village.pathOf(cem) + "/roles")
                .then()
                .statusCode(200)
                .body("roles", containsInAnyOrder("CITIZEN", "ORGANIZER"));
        stands(cem, "ACTIVE");
    }

    @Test
    void a_suspension_ends_after_it_begins() {
        Person cem = village.member("Cem");
        ada.sends(Map.of("reason", "Shouting.", "until", "2020-01-01T00:00:00Z"))
                .post(village.pathOf(cem) + "/suspension")
                .then()
                .statusCode(422)
                .body("code", is("until-in-the-past"));
    }

    @Test
    void why_somebody_was_suspended_is_for_them_and_for_admins() {
        Person sam = standing("SUSPENDED");
        Person bob = village.member("Bob", "COUNCIL");
        for (Person reader : List.of(ada, sam))
            reader.sends()
                    .get(village.pathOf(sam))
                    .then()
                    .statusCode(200)
                    .body("reason", is("Shouting."))
                    .body("statusChangedBy", is(ada.id()));
        bob.sends().get(village.pathOf(sam)).then().statusCode(404);
        bob.sends().get(village.pathOf(ada)).then().statusCode(200).body("statusChangedAt", nullValue());
        bob.sends().get(village.path() + "/audit-log").then().body("items.kind", not(hasItem("MemberSuspended")));
        ada.sends()
                .get(village.path() + "/audit-log")
                .then()
                .body("items.kind", hasItem("MemberSuspended"))
                .body("items.fact.reason", hasItem("Shouting."));
        sam.sends().get(village.path() + "/audit-log").then().body("items.kind", hasItem("MemberSuspended"));
    }

    @Test
    void members_are_listed_by_status_and_role_others_than_active_ones_for_admins() {
        Person bob = village.member("Bob", "COUNCIL");
        Person pia = standing("PENDING");
        var unused = standing("BANNED");
        ada.sends().get(village.path() + "/members").then().body("items.name", containsInAnyOrder("Ada", "Bob"));
        ada.sends().get(village.path() + "/members?role=COUNCIL").then().body("items.userId", contains(bob.id()));
        ada.sends().get(village.path() + "/members?status=PENDING").then().body("items.userId", contains(pia.id()));
        ada.sends()
                .get(village.path() + "/members?status=BANNED")
                .then()
                .body("items.name", contains("Ban"))
                .body("items.reason", contains("Threats."));
        bob.sends()
                .get(village.path() + "/members?status=PENDING")
                .then()
                .statusCode(403)
                .body("code", is("not-allowed"));
        bob.sends()
                .get(village.path() + "/members?status=pending")
                .then()
                .statusCode(400)
                .body("code", is("parameter-invalid"));
        pia.sends().get(village.pathOf(pia)).then().statusCode(200).body("status", is("PENDING"));
        pia.sends().get(village.path() + "/members").then().statusCode(403).body("code", is("members-only"));
    }

    @Test
    void who_is_banned_is_a_stranger() {
        Village hidden = Village.hidden();
        Person ban = hidden.banned(hidden.invites(Person.named("Ban")));
        ban.sends().get(hidden.path()).then().statusCode(404);
        ban.sends("{}").post(hidden.path() + "/members").then().statusCode(404);
        ban.sends().get(hidden.pathOf(ban)).then().statusCode(404);
        Person here = standing("BANNED");
        here.sends().get(village.path()).then().statusCode(200).body("can.join", is(false));
        here.sends().get(village.path() + "/members").then().statusCode(403).body("code", is("members-only"));
        here.sends("{}")
                .post(village.path() + "/members")
                .then()
                .statusCode(403)
                .body("code", is("membership-banned"));
    }

    @Test
    void who_has_asked_can_take_it_back_though_the_community_became_private() {
        Person pia = standing("PENDING");
        ada.sends(Map.of("visibility", "PRIVATE")).header("If-Match", "*").patch(village.path());
        pia.sends().get(village.path()).then().statusCode(404);
        pia.sends().delete(village.pathOf(ada)).then().statusCode(404);
        pia.sends().delete(village.pathOf(pia)).then().statusCode(204);
        stands(pia, "LEFT");
    }

    @Test
    void giving_the_roles_that_a_member_has_is_no_news() {
        Person bob = village.member("Bob", "COUNCIL");
        ada.sends(Map.of("roles", List.of("COUNCIL")))
                .put(village.pathOf(bob) + "/roles")
                .then()
                .statusCode(200)
                .body("roles", hasItems("CITIZEN", "COUNCIL"));
        assertEquals(
                List.of("1"),
                Database.texts(
                        "select count(*) from journal_entry where community_id = ?::uuid and kind = 'RolesChanged'",
                        village.id()));
    }

    @Test
    void the_platform_names_an_admin_and_changes_nothing_else() {
        Person bob = village.member("Bob", "COUNCIL");
        Person root = Person.root();
        root.sends(Map.of("roles", List.of("ADMIN")))
                .put(village.pathOf(bob) + "/roles")
                .then()
                .statusCode(403)
                .body("code", is("not-allowed"));
        root.sends(Map.of("roles", List.of("ADMIN", "COUNCIL")))
                .put(village.pathOf(bob) + "/roles")
                .then()
                .statusCode(200)
                .body("roles", containsInAnyOrder("CITIZEN", "COUNCIL", "ADMIN"));
        root.sends(Map.of("roles", List.of("COUNCIL")))
                .put(village.pathOf(bob) + "/roles")
                .then()
                .statusCode(403);
        village.joinedBy(root)
                .sends(Map.of("roles", List.of("ADMIN")))
                .put(village.pathOf(root) + "/roles")
                .then()
                .statusCode(403)
                .body("code", is("not-allowed"));
    }
}
