package org.townsquare.identity;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Admin;
import org.townsquare.town.Database;
import org.townsquare.town.Mailbox;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class ApiKeysTest {
    /** Everybody in the tests calls from one network, which has a limit of mails. */
    @BeforeEach
    void forgetWhatOthersTried() {
        var unused = Database.update("delete from throttle");
    }

    private static Map<String, Object> body(List<String> scopes, Map<String, ?> more) {
        var body = new HashMap<String, Object>(Map.of("name", "Door", "scopes", scopes, "password", Person.PASSWORD));
        body.putAll(more);
        return body;
    }

    private static ValidatableResponse create(Person owner, List<String> scopes, Map<String, ?> more) {
        return owner.sends(body(scopes, more)).post("/api/v1/me/api-keys").then();
    }

    /** The owner by a new key with these scopes. */
    static Person key(Person owner, Map<String, ?> more, String... scopes) {
        return owner.by(
                create(owner, List.of(scopes), more).statusCode(201).extract().path("secret"));
    }

    private static String idOf(Person owner) {
        return owner.sends().get("/api/v1/me/api-keys").path("items[0].id");
    }

    @Test
    void the_secret_is_shown_once_and_stored_as_its_hash() {
        Person ada = Person.named("Ada");
        var created = create(ada, List.of("vote:cast", "proposal:read", "vote:cast"), Map.of())
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .header("Location", matchesPattern(".*/api/v1/api-keys/.+"))
                .body("secret", matchesPattern("tsk_[A-Za-z0-9_-]{43}"))
                .body("key.scopes", contains("proposal:read", "vote:cast"))
                .body("key.perMinute", is(600))
                .extract();
        String secret = created.path("secret");
        String listed = ada.sends()
                .get("/api/v1/me/api-keys")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].prefix", is(secret.substring(4, 12)))
                .extract()
                .asString();
        assertFalse(listed.contains(secret));
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from api_key where user_id = ?::uuid and key_hash = sha256(convert_to(?, 'UTF8')) and expires_at - created_at between interval '89 days 23 hours' and interval '90 days'",
                        ada.id(),
                        secret));
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from journal_entry where kind = 'ApiKeyCreated' and actor_id = ?::uuid and position(? in convert_from(body, 'UTF8')) = 0",
                        ada.id(),
                        secret));
    }

    @Test
    void a_key_needs_the_password_again() {
        Person ada = Person.named("Ada");
        create(ada, List.of("vote:cast"), Map.of("password", "not the password"))
                .statusCode(403)
                .body("code", is("proof-needed"));
        ada.sends(Map.of("name", "Door", "scopes", List.of("vote:cast")))
                .post("/api/v1/me/api-keys")
                .then()
                .statusCode(403)
                .body("code", is("proof-needed"));
        assertEquals(0, Rows.count("select count(*) from api_key where user_id = ?::uuid", ada.id()));
    }

    @Test
    void what_no_key_can_be_is_refused() {
        Person ada = Person.named("Ada");
        String village = new Village(Village.open().id(), ada).id();
        Map<List<Object>, String> refused = Map.of(
                List.of("vote:throw", Map.of()), "scope-unknown",
                List.of("account:read", Map.of()), "scope-not-grantable",
                List.of("account:keys", Map.of()), "scope-not-grantable",
                List.of("platform:impersonate", Map.of()), "scope-not-grantable",
                List.of(
                                "vote:cast",
                                Map.of(
                                        "expiresAt",
                                        Instant.now().plus(Duration.ofDays(367)).toString())),
                        "expires-at-out-of-range",
                List.of("vote:cast", Map.of("expiresAt", Instant.now().toString())), "expires-at-out-of-range",
                List.of("vote:cast", Map.of("communityId", village)), "community-unknown",
                List.of("vote:cast", Map.of("communityId", ada.id())), "community-unknown");
        refused.forEach((what, code) -> {
            @SuppressWarnings("unchecked")
            var more = (Map<String, ?>) what.get(1);
            create(ada, List.of((String) what.get(0)), more).statusCode(422).body("code", is(code));
        });
        create(ada, List.of(), Map.of()).statusCode(422).body("code", is("invalid"));
        create(
                        ada,
                        List.of("vote:cast"),
                        Map.of(
                                "expiresAt",
                                Instant.now().plus(Duration.ofDays(365)).toString()))
                .statusCode(201);
        Map<String, Object> fine = Map.of(
                "expiresAt",
                Instant.now()
                        .plus(Duration.ofDays(1))
                        .truncatedTo(ChronoUnit.SECONDS)
                        .plusNanos(123_456_789)
                        .toString());
        create(ada, List.of("vote:cast"), fine).statusCode(201).body("key.expiresAt", endsWith(".123456Z"));
    }

    @Test
    void a_key_may_what_its_scopes_say_and_its_owner_may() {
        Village village = Village.open();
        Person bob = village.member("Bob");
        Person reads = key(bob, Map.of(), "proposal:read", "member:read", "member:roles");
        Person drafts = key(bob, Map.of(), "proposal:draft");
        reads.sends().get(village.path() + "/proposals").then().statusCode(200);
        reads.sends(Map.of("title", "A bench", "description", "There."))
                .post(village.path() + "/proposals")
                .then()
                .statusCode(403)
                .body("code", is("scope-missing"));
        drafts.sends(Map.of("title", "A bench", "description", "There."))
                .post(village.path() + "/proposals")
                .then()
                .statusCode(201);
        reads.sends(Map.of("roles", List.of("ADMIN")))
                .put(village.path() + "/members/" + bob.id() + "/roles")
                .then()
                .statusCode(403)
                .body("code", is("not-allowed"));
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from journal_entry where kind = 'ProposalDrafted' and actor_id = ?::uuid and credential = 'API_KEY'",
                        bob.id()));
    }

    @Test
    void a_key_makes_no_keys_and_changes_no_account_whatever_its_row_says() {
        Person ada = Admin.named("Ada");
        Person key = key(ada, Map.of(), "vote:cast");
        // not even one that was written beside the service
        Rows.change(
                "update api_key set scopes = '{account:open,account:read,account:edit,account:sessions,account:keys,account:impersonation,account:export,account:erase,platform:impersonate}' where user_id = ?::uuid",
                ada.id());
        String subject = Person.named("Bob").id();
        var answers = new ArrayList<ValidatableResponse>(List.of(
                key.sends().get("/api/v1/me").then(),
                key.sends().get("/api/v1/me/export").then(),
                key.sends().get("/api/v1/me/sessions").then(),
                key.sends().delete("/api/v1/me/sessions").then(),
                key.sends().delete("/api/v1/me/session").then(),
                key.sends().delete("/api/v1/sessions/" + subject).then(),
                key.sends().get("/api/v1/me/api-keys").then(),
                key.sends(body(List.of("vote:cast"), Map.of()))
                        .post("/api/v1/me/api-keys")
                        .then(),
                key.sends().get("/api/v1/api-keys/" + idOf(ada)).then(),
                key.sends(Map.of("perMinute", 1))
                        .patch("/api/v1/api-keys/" + idOf(ada))
                        .then(),
                key.sends().delete("/api/v1/api-keys/" + idOf(ada)).then(),
                key.sends(Map.of("password", Person.PASSWORD))
                        .post("/api/v1/me/erasure")
                        .then(),
                key.sends().delete("/api/v1/me/erasure").then(),
                key.sends().delete("/api/v1/me/impersonation").then(),
                key.sends(Map.of("reason", "Somebody asked for help.", "minutes", 5))
                        .post("/api/v1/users/" + subject + "/impersonation")
                        .then(),
                key.sends(Map.of("email", ada.email(), "password", Person.PASSWORD))
                        .post("/api/v1/sessions")
                        .then()));
        for (var answer : answers) answer.statusCode(403).body("code", is("scope-missing"));
    }

    @Test
    void a_key_of_a_platform_admin_needs_the_scope_by_name() {
        Person root = Admin.named("Root");
        key(root, Map.of(), "vote:cast")
                .sends()
                .get("/api/v1/users")
                .then()
                .statusCode(403)
                .body("code", is("scope-missing"));
        Person named = key(root, Map.of(), "platform:users");
        named.sends()
                .get("/api/v1/users?email=" + root.email())
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
        named.sends().get("/api/v1/followers").then().statusCode(403);
        Person ada = Person.named("Ada");
        key(ada, Map.of(), "platform:users")
                .sends()
                .get("/api/v1/users")
                .then()
                .statusCode(403)
                .body("code", is("forbidden"));
    }

    @Test
    void a_key_of_a_community_acts_there_alone() {
        Village here = Village.of(Map.of("visibility", "PRIVATE"));
        Village there = new Village(Village.open().id(), here.founder());
        there.joinedBy(here.founder());
        Person ada = here.founder();
        Person key = key(ada, Map.of("communityId", here.id()), "community:read", "proposal:draft", "member:read");
        key.sends().get(here.path()).then().statusCode(200);
        key.sends(Map.of("title", "A bench", "description", "There."))
                .post(here.path() + "/proposals")
                .then()
                .statusCode(201);
        key.sends().get(there.path()).then().statusCode(404);
        key.sends(Map.of("title", "A bench", "description", "There."))
                .post(there.path() + "/proposals")
                .then()
                .statusCode(404);
        for (String outside : List.of(
                "check-in:self",
                "community:found",
                "user:read",
                "permission:read",
                "market:read",
                "market:edit",
                "member:join",
                "community:suspend",
                "platform:users",
                "platform:followers"))
            create(ada, List.of(outside), Map.of("communityId", here.id()))
                    .statusCode(422)
                    .body("code", is("scope-not-grantable"));
    }

    @Test
    void an_admin_lists_and_revokes_the_keys_of_the_community() {
        Village village = Village.open();
        Person bob = village.member("Bob");
        Person key = key(bob, Map.of("communityId", village.id()), "community:read");
        Person own = key(bob, Map.of(), "community:read");
        String id = bob.sends().get("/api/v1/me/api-keys").path("items.find { it.communityId != null }.id");
        String ownId = bob.sends().get("/api/v1/me/api-keys").path("items.find { it.communityId == null }.id");
        village.founder()
                .sends()
                .get(village.path() + "/api-keys")
                .then()
                .statusCode(200)
                .body("items.id", contains(id))
                .body("items.ownerId", contains(bob.id()));
        bob.sends().get(village.path() + "/api-keys").then().statusCode(403).body("code", is("not-allowed"));
        village.member("Cem").sends().delete("/api/v1/api-keys/" + id).then().statusCode(404);
        village.founder().sends().delete("/api/v1/api-keys/" + ownId).then().statusCode(404);
        village.founder().sends().delete("/api/v1/api-keys/" + id).then().statusCode(204);
        key.sends().get(village.path()).then().statusCode(401);
        own.sends().get(village.path()).then().statusCode(200);
    }

    @Test
    void a_revoked_an_expired_and_a_disabled_owners_key_is_worth_nothing() {
        Person ada = Person.named("Ada");
        Village village = Village.open();
        Person key = key(ada, Map.of(), "community:read");
        String id = idOf(ada);
        Person.named("Eve").sends().delete("/api/v1/api-keys/" + id).then().statusCode(404);
        assertFalse(Mailbox.nth(1, ada.email(), "A new API key").text().contains("tsk_"));
        ada.sends().delete("/api/v1/api-keys/" + id).then().statusCode(204);
        key.sends().get(village.path()).then().statusCode(401).body("code", is("credentials-invalid"));
        ada.sends().get("/api/v1/me/api-keys").then().body("items", hasSize(0));
        ada.sends().delete("/api/v1/api-keys/" + id).then().statusCode(404);
        assertFalse(Mailbox.nth(1, ada.email(), "An API key was revoked").text().isEmpty());
        Person second = key(ada, Map.of(), "community:read");
        Rows.change("update api_key set expires_at = clock_timestamp() where user_id = ?::uuid", ada.id());
        second.sends().get(village.path()).then().statusCode(401);
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from journal_entry where kind = 'ApiKeyRevoked' and actor_id = ?::uuid",
                        ada.id()));
    }

    @Test
    void name_and_rate_change_by_the_version_and_more_scopes_by_the_password() {
        Person ada = Person.named("Ada");
        create(ada, List.of("community:read", "proposal:read"), Map.of()).statusCode(201);
        String path = "/api/v1/api-keys/" + idOf(ada);
        String etag = ada.sends().get(path).then().statusCode(200).extract().header("ETag");
        ada.sends(Map.of("name", "Gate")).patch(path).then().statusCode(428);
        ada.sends(Map.of("name", "Gate", "perMinute", 5, "scopes", List.of("community:read")))
                .header("If-Match", etag)
                .patch(path)
                .then()
                .statusCode(200)
                .body("name", is("Gate"))
                .body("perMinute", is(5))
                .body("scopes", contains("community:read"));
        ada.sends(Map.of("name", "Back"))
                .header("If-Match", etag)
                .patch(path)
                .then()
                .statusCode(412);
        String next = ada.sends().get(path).header("ETag");
        var more = List.of("community:read", "vote:cast");
        ada.sends(Map.of("scopes", more))
                .header("If-Match", next)
                .patch(path)
                .then()
                .statusCode(403)
                .body("code", is("proof-needed"));
        ada.sends(Map.of("scopes", List.of("account:keys"), "password", Person.PASSWORD))
                .header("If-Match", next)
                .patch(path)
                .then()
                .statusCode(422)
                .body("code", is("scope-not-grantable"));
        ada.sends(Map.of("scopes", more, "password", Person.PASSWORD))
                .header("If-Match", next)
                .patch(path)
                .then()
                .statusCode(200)
                .body("scopes", hasItem("vote:cast"));
        Person.named("Eve").sends().get(path).then().statusCode(404);
        Person.named("Eve")
                .sends(Map.of("name", "Mine"))
                .header("If-Match", next)
                .patch(path)
                .then()
                .statusCode(404);
    }

    @Test
    void beyond_its_rate_a_key_waits_and_its_owner_does_not() {
        Person ada = Person.named("Ada");
        Village village = Village.open();
        Person key = key(ada, Map.of("perMinute", 2), "community:read");
        key.sends().get(village.path()).then().statusCode(200);
        key.sends().get(village.path()).then().statusCode(200);
        String wait = key.sends()
                .get(village.path())
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .body("code", is("key-rate-exceeded"))
                .body("retryable", is(true))
                .header("Retry-After", notNullValue())
                .extract()
                .header("Retry-After");
        assertEquals(true, Integer.parseInt(wait) <= 30, wait);
        ada.sends().get(village.path()).then().statusCode(200);
    }

    @Test
    void its_last_use_is_written_down() {
        Person ada = Person.named("Ada");
        Person key = key(ada, Map.of(), "market:read");
        ada.sends().get("/api/v1/me/api-keys").then().body("items[0].lastUsedAt", is((Object) null));
        key.sends().get("/api/v1/communities/" + ada.id()).then();
        ada.sends().get("/api/v1/me/api-keys").then().body("items[0].lastUsedAt", notNullValue());
    }
}
