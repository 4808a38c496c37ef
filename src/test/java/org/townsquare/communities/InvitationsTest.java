package org.townsquare.communities;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Mailbox;
import org.townsquare.town.Person;
import org.townsquare.town.Rush;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class InvitationsTest {
    @Inject
    InvitationTokens tokens;

    private Village village;
    private Person ada;

    @BeforeEach
    void found() {
        village = Village.hidden();
        ada = village.founder();
    }

    private ValidatableResponse invites(Person by, Map<String, ?> what) {
        return by.sends(what).post(village.path() + "/invitations").then();
    }

    private static List<Mailbox.Mail> invitationsTo(Person person) {
        return Mailbox.of(person.email()).stream()
                .filter(mail -> mail.subject().startsWith("Invitation to "))
                .toList();
    }

    /** The id of an invitation by mail. */
    private String mailed(Person whom, String... roles) {
        return invites(ada, Map.of("email", whom.email(), "roles", List.of(roles)))
                .statusCode(201)
                .body("token", nullValue())
                .extract()
                .path("id");
    }

    private String token(String id) {
        return tokens.of(UUID.fromString(id));
    }

    private static ValidatableResponse accepts(Person person, String token) {
        return person.sends(Map.of("token", token))
                .post("/api/v1/invitation-acceptances")
                .then();
    }

    private List<String> facts() {
        return Database.texts(
                "select kind from journal_entry where community_id = ?::uuid and subject_type = 'invitation' order by id",
                village.id());
    }

    @Test
    void a_link_lets_its_holders_in_as_often_as_it_says() {
        String token = invites(ada, Map.of("maxUses", 2))
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("status", is("OPEN"))
                .body("roles", contains("CITIZEN"))
                .extract()
                .path("token");
        Person bob = Person.named("Bob");
        accepts(bob, token)
                .statusCode(201)
                .body("communityId", is(village.id()))
                .body("status", is("ACTIVE"))
                .body("roles", contains("CITIZEN"));
        bob.sends().get(village.path()).then().statusCode(200);
        accepts(bob, token).statusCode(200).body("status", is("ACTIVE"));
        accepts(Person.named("Cem"), token).statusCode(201);
        accepts(Person.named("Dan"), token).statusCode(410).body("code", is("token-spent"));
        assertEquals(List.of("InvitationSent", "InvitationAccepted", "InvitationAccepted"), facts());
        ada.sends()
                .get(village.path() + "/invitations")
                .then()
                .statusCode(200)
                .body("items.status", contains("USED"))
                .body("items.uses", contains(2))
                .body("items.token", everyItem(nullValue()));
    }

    @Test
    void parallel_acceptances_never_exceed_the_uses() throws Exception {
        String token = village.link(3);
        var answers = new ArrayList<CompletableFuture<Rush.Answer>>();
        for (int i = 0; i < 10; i++)
            answers.add(
                    Rush.send(Person.named("P" + i), "POST", "/api/v1/invitation-acceptances", Map.of("token", token)));
        var statuses = new ArrayList<Integer>();
        for (var answer : answers) statuses.add(answer.get().status());
        assertEquals(3, statuses.stream().filter(it -> it == 201).count(), statuses.toString());
        assertEquals(7, statuses.stream().filter(it -> it == 410).count(), statuses.toString());
        assertEquals(
                List.of("4"), Database.texts("select count(*) from member where community_id = ?::uuid", village.id()));
    }

    @Test
    void one_person_who_accepts_twice_at_once_is_counted_once() throws Exception {
        String token = village.link(5);
        Person bob = Person.named("Bob");
        var answers = new ArrayList<CompletableFuture<Rush.Answer>>();
        for (int i = 0; i < 4; i++)
            answers.add(Rush.send(bob, "POST", "/api/v1/invitation-acceptances", Map.of("token", token)));
        for (var answer : answers)
            assertTrue(List.of(200, 201, 409).contains(answer.get().status()));
        assertEquals(
                List.of("1"), Database.texts("select uses from invitation where community_id = ?::uuid", village.id()));
    }

    @Test
    void roles_are_for_the_account_whose_confirmed_address_was_invited() {
        Person bob = Person.named("Bob");
        Person eve = Person.named("Eve").confirmed();
        String token = token(mailed(bob, "COUNCIL", "ORGANIZER"));
        accepts(eve, token).statusCode(403).body("code", is("invitation-not-yours"));
        accepts(bob, token).statusCode(403).body("code", is("invitation-not-yours"));
        accepts(bob.confirmed(), token)
                .statusCode(201)
                .body("roles", containsInAnyOrder("CITIZEN", "COUNCIL", "ORGANIZER"));
        accepts(eve, token(mailed(bob))).statusCode(201).body("roles", contains("CITIZEN"));
    }

    @Test
    void nobody_invites_to_more_than_they_could_give() {
        Person bea = village.invites(Person.named("Bea"), "ORGANIZER");
        Person bob = village.invites(Person.named("Bob"));
        invites(bob, Map.of()).statusCode(403).body("code", is("not-allowed"));
        invites(bea, Map.of("email", "x@example.org", "roles", List.of("COUNCIL")))
                .statusCode(403)
                .body("code", is("not-allowed"));
        invites(bea, Map.of("roles", List.of("CITIZEN"))).statusCode(201);
        invites(ada, Map.of("roles", List.of("COUNCIL"))).statusCode(422).body("code", is("roles-need-email"));
        invites(ada, Map.of("email", "x@example.org", "maxUses", 2))
                .statusCode(422)
                .body("code", is("one-use-by-email"));
        invites(ada, Map.of("email", "x")).statusCode(422).body("code", is("invalid"));
        for (Duration life : List.of(Duration.ofDays(-1), Duration.ofDays(91)))
            invites(ada, Map.of("expiresAt", Instant.now().plus(life).toString()))
                    .statusCode(422)
                    .body("code", is("expires-at-out-of-range"));
    }

    @Test
    void what_the_sender_could_not_give_any_more_is_not_given() {
        Person cem = village.invites(Person.named("Cem"), "ADMIN");
        Person bob = Person.named("Bob").confirmed();
        String council = invites(cem, Map.of("email", bob.email(), "roles", List.of("COUNCIL")))
                .extract()
                .path("id");
        String link = invites(cem, Map.of()).extract().path("token");
        ada.sends(Map.of("roles", List.of("ORGANIZER")))
                .put(village.pathOf(cem) + "/roles")
                .then()
                .statusCode(200);
        accepts(bob, token(council)).statusCode(410).body("code", is("token-spent"));
        village.suspended(cem);
        accepts(bob, link).statusCode(410).body("code", is("token-spent"));
        ada.sends().delete(village.pathOf(cem) + "/suspension").then().statusCode(200);
        accepts(bob, link).statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "dG9rZW4", "AZ4AAAAAcACAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void a_token_that_is_none_of_ours_is_spent(String forged) {
        accepts(ada, forged).statusCode(410).body("code", is("token-spent"));
        Person.nobody()
                .body(Map.of("token", forged))
                .post("/api/v1/invitation-refusals")
                .then()
                .statusCode(410)
                .body("code", is("token-spent"));
    }

    @Test
    void a_token_of_an_invitation_that_is_over_is_spent() {
        String expired = village.link(1);
        Database.update(
                "update invitation set expires_at = clock_timestamp() where community_id = ?::uuid", village.id());
        accepts(Person.named("Bob"), expired).statusCode(410).body("code", is("token-spent"));
        var made = invites(ada, Map.of()).extract();
        ada.sends().delete("/api/v1/invitations/" + made.path("id")).then().statusCode(204);
        ada.sends().delete("/api/v1/invitations/" + made.path("id")).then().statusCode(204);
        accepts(Person.named("Bob"), made.path("token")).statusCode(410).body("code", is("token-spent"));
        String open = village.link(1);
        village.deleted();
        accepts(Person.named("Bob"), open).statusCode(410).body("code", is("token-spent"));
        assertEquals(List.of("InvitationSent", "InvitationSent", "InvitationWithdrawn", "InvitationSent"), facts());
    }

    @Test
    void an_invitation_by_mail_is_declined_with_or_without_an_account() {
        Person bob = Person.named("Bob");
        for (var by : List.of(bob.sends(), Person.nobody())) {
            String token = token(mailed(bob));
            by.body(Map.of("token", token))
                    .post("/api/v1/invitation-refusals")
                    .then()
                    .statusCode(204);
            accepts(bob, token).statusCode(410);
            Person.nobody()
                    .body(Map.of("token", token))
                    .post("/api/v1/invitation-refusals")
                    .then()
                    .statusCode(410);
        }
        Person.nobody()
                .body(Map.of("token", village.link(1)))
                .post("/api/v1/invitation-refusals")
                .then()
                .statusCode(409)
                .body("code", is("invitation-by-link"));
        ada.sends()
                .get(village.path() + "/invitations")
                .then()
                .body("items.status", contains("OPEN", "DECLINED", "DECLINED"));
    }

    @ParameterizedTest
    @CsvSource({
        "PUBLIC, LEFT, 201, ACTIVE",
        "PUBLIC, SUSPENDED, 403, membership-suspended",
        "PUBLIC, BANNED, 403, membership-banned",
        "PRIVATE, LEFT, 201, ACTIVE",
        "PRIVATE, BANNED, 404, not-found"
    })
    void who_was_here_before_comes_back_or_not(String visibility, String stands, int status, String statusOrCode) {
        ada.sends(Map.of("visibility", visibility))
                .header("If-Match", "*")
                .patch(village.path())
                .then()
                .statusCode(200);
        Person bob = village.invites(Person.named("Bob"), "COUNCIL");
        switch (stands) {
            case "LEFT" -> village.left(bob);
            case "SUSPENDED" -> village.suspended(bob);
            default -> village.banned(bob);
        }
        String token = village.link(1);
        var answer = accepts(bob, token).statusCode(status);
        if (status == 201) answer.body("status", is(statusOrCode)).body("roles", contains("CITIZEN"));
        else answer.body("code", is(statusOrCode));
        if (status != 201) accepts(Person.named("Cem"), token).statusCode(201);
    }

    @Test
    void who_has_asked_becomes_a_member_by_an_invitation() {
        Village open = Village.open();
        Person pia = open.asking("Pia");
        accepts(pia, open.link(1)).statusCode(201).body("status", is("ACTIVE"));
    }

    @Test
    void a_suspended_community_takes_nobody_in() {
        String token = village.link(1);
        village.suspendedBy(Person.root());
        accepts(Person.named("Bob"), token).statusCode(403).body("code", is("community-suspended"));
    }

    @Test
    void invitations_are_seen_by_those_who_may_invite_and_addresses_by_who_sent_them() {
        Person bea = village.invites(Person.named("Bea"), "ORGANIZER");
        Person cem = village.invites(Person.named("Cem"), "COUNCIL");
        Person eve = Person.named("Eve");
        var made = invites(bea, Map.of("email", "x@example.org"))
                .body("email", is("x@example.org"))
                .extract();
        String list = village.path() + "/invitations?limit=1";
        bea.sends()
                .get(list)
                .then()
                .body("items.email", contains("x@example.org"))
                .body("next", notNullValue());
        ada.sends().get(list).then().body("items.email", contains("x@example.org"));
        cem.sends().get(list).then().body("items.status", contains("OPEN")).body("items.email", everyItem(nullValue()));
        eve.sends().get(list).then().statusCode(404);
        String path = "/api/v1/invitations/" + made.path("id");
        cem.sends().delete(path).then().statusCode(403).body("code", is("not-allowed"));
        eve.sends().delete(path).then().statusCode(404).body("code", is("not-found"));
        Village.open().founder().sends().delete(path).then().statusCode(404);
        bea.sends().delete(path).then().statusCode(204);
    }

    @Test
    void who_is_invited_by_mail_gets_the_token_and_nobody_else_does() {
        ada.sends(Map.of("name", "Oak\r\nBcc: all@example.org"))
                .header("If-Match", "*")
                .patch(village.path())
                .then()
                .statusCode(200);
        Person bob = Person.named("Bob");
        String id = mailed(bob);
        Eventually.holds(() -> assertEquals(1, invitationsTo(bob).size()));
        var mail = invitationsTo(bob).get(0);
        assertEquals("Invitation to Oak Bcc: all@example.org", mail.subject());
        assertTrue(mail.text().contains("Ada invites you") && mail.text().contains(token(id)), mail.text());
        assertEquals(
                List.of("0"),
                Database.texts(
                        "select count(*) from journal_entry where convert_from(body, 'UTF8') like '%' || ? || '%' or convert_from(body, 'UTF8') like '%' || ? || '%'",
                        token(id), bob.email()));
        accepts(bob, token(id)).statusCode(201);
    }

    @Test
    void an_invitation_that_was_withdrawn_is_not_mailed() {
        Person bob = Person.named("Bob");
        Person cem = Person.named("Cem");
        try (var db = Database.connect()) {
            // holds the follower's row, as a replica does that is at work
            db.setAutoCommit(false);
            Eventually.holds(() ->
                    assertFalse(Database.texts("select name from follower where name = 'communities.invitation-mail'")
                            .isEmpty()));
            try (var sql = db.createStatement()) {
                sql.executeQuery("select 1 from follower where name = 'communities.invitation-mail' for update");
            }
            String id = mailed(bob);
            ada.sends().delete("/api/v1/invitations/" + id).then().statusCode(204);
            var unused = mailed(cem);
            db.rollback();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        Eventually.holds(() -> assertEquals(1, invitationsTo(cem).size()));
        assertEquals(List.of(), invitationsTo(bob));
    }

    @Test
    void an_address_that_takes_no_mail_holds_up_nobody() {
        Person bob = Person.named("Bob");
        String refused = "fr\u00e4nzi-" + Person.unique() + "@example.org";
        String id =
                invites(ada, Map.of("email", refused)).statusCode(201).extract().path("id");
        var unused = mailed(bob);
        Eventually.holds(() -> assertEquals(1, invitationsTo(bob).size()));
        assertEquals(
                List.of("0"),
                Database.texts(
                        "select count(*) from dead_entry d join journal_entry e on e.id = d.entry_id where e.subject_id = ?::uuid",
                        id));
    }

    /** More at once than there are connections. */
    @Test
    void wrong_tokens_are_counted_while_no_connection_is_held() throws Exception {
        var people = List.of(Person.named("Eve"), Person.named("Mallory"));
        var answers = new ArrayList<CompletableFuture<Rush.Answer>>();
        for (int i = 0; i < 25; i++)
            for (Person person : people)
                answers.add(Rush.send(person, "POST", "/api/v1/invitation-refusals", Map.of("token", "guess-" + i)));
        for (var answer : answers) assertEquals(410, answer.get().status());
    }

    @Test
    void an_address_is_invited_three_times_an_hour() {
        Person bob = Person.named("Bob");
        for (int i = 0; i < 3; i++) invites(ada, Map.of("email", bob.email())).statusCode(201);
        for (Village from : List.of(village, Village.hidden()))
            from.founder()
                    .sends(Map.of("email", bob.email().toUpperCase(Locale.ROOT)))
                    .post(from.path() + "/invitations")
                    .then()
                    .statusCode(429)
                    .body("code", is("too-many-tries"))
                    .header("Retry-After", notNullValue());
        assertEquals(List.of("InvitationSent", "InvitationSent", "InvitationSent"), facts());
        invites(ada, Map.of()).statusCode(201);
        invites(ada, Map.of("email", Person.named("Cem").email())).statusCode(201);
    }

    @Test
    void who_guesses_tokens_is_stopped() {
        Person eve = Person.named("Eve");
        for (int i = 0; i < 30; i++) accepts(eve, "guess-" + i).statusCode(410);
        accepts(eve, "guess").statusCode(429).body("code", is("too-many-tries"));
        accepts(eve, village.link(1)).statusCode(429);
        accepts(Person.named("Bob"), village.link(1)).statusCode(201);
    }
}
