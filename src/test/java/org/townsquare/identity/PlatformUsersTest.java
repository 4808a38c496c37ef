package org.townsquare.identity;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.townsquare.platform.Problem.Unauthorized;
import org.townsquare.town.Admin;
import org.townsquare.town.Database;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Rush;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class PlatformUsersTest {
    private static ValidatableResponse status(Person admin, String userId, String status) {
        return admin.sends(Map.of("status", status, "reason", "As the rules say."))
                .put("/api/v1/users/" + userId + "/status")
                .then();
    }

    private static ValidatableResponse roles(Person admin, String userId, String... roles) {
        return admin.sends(Map.of("roles", List.of(roles)))
                .put("/api/v1/users/" + userId + "/platform-roles")
                .then();
    }

    private static long facts(String kind, String userId) {
        return Rows.count("select count(*) from journal_entry where kind = ? and subject_id = ?::uuid", kind, userId);
    }

    @Test
    void a_user_is_found_by_the_whole_e_mail_whatever_its_case() {
        Person root = Admin.named("Root");
        Person ada = Person.named("Ada");
        root.sends()
                .get("/api/v1/users?email=" + ada.email().toUpperCase(Locale.ROOT))
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", is(ada.id()))
                .body("items[0].email", is(ada.email()))
                .body("items[0].status", is("ACTIVE"))
                .body("items[0].platformRoles", hasSize(0))
                .body("items[0].createdAt", not(nullValue()));
        root.sends()
                .get("/api/v1/users?email=x" + ada.email())
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
        root.sends().get("/api/v1/users?email=ada").then().statusCode(400).body("code", is("parameter-invalid"));
        String next = root.sends()
                .get("/api/v1/users?limit=1")
                .then()
                .statusCode(200)
                .body("items.id", contains(ada.id()))
                .extract()
                .path("next");
        root.sends().get("/api/v1/users?limit=1&cursor=" + next).then().body("items.id", contains(root.id()));
    }

    @Test
    void only_platform_admins_look_after_users() {
        Person eve = Person.named("Eve");
        Village.open().joinedBy(eve, "ADMIN");
        for (var answer : List.of(
                eve.sends().get("/api/v1/users").then(),
                status(eve, Person.named("Ada").id(), "DISABLED"),
                roles(eve, eve.id(), "PLATFORM_ADMIN"),
                eve.sends().delete("/api/v1/users/" + eve.id() + "/sessions").then()))
            answer.statusCode(403).body("code", is("forbidden"));
        Person.nobody().get("/api/v1/users").then().statusCode(401).body("code", is("sign-in-required"));
    }

    @Test
    void a_disabled_user_has_no_session_and_no_key_and_gets_neither_back() {
        Person root = Admin.named("Root");
        Person ada = Person.named("Ada");
        Person key = ApiKeysTest.key(ada, Map.of(), "community:read");
        Village village = Village.open();
        status(root, ada.id(), "DISABLED").statusCode(200).body("status", is("DISABLED"));
        SessionsTest.me(ada).statusCode(401);
        key.sends().get(village.path()).then().statusCode(401);
        SignInTest.signIn(ada.email(), Person.PASSWORD).statusCode(401).body("code", is("credentials-invalid"));
        status(root, ada.id(), "DISABLED").statusCode(200);
        assertEquals(1, facts("UserDisabled", ada.id()));
        status(root, ada.id(), "ACTIVE").statusCode(200).body("status", is("ACTIVE"));
        assertEquals(1, facts("UserEnabled", ada.id()));
        SessionsTest.me(ada).statusCode(401);
        key.sends().get(village.path()).then().statusCode(401);
        SignInTest.signIn(ada.email(), Person.PASSWORD).statusCode(201);
        status(root, root.id(), "DISABLED").statusCode(409).body("code", is("own-account"));
        status(root, new UUID(0, 1).toString(), "DISABLED").statusCode(404);
        status(root, ada.id(), "ERASED").statusCode(400);
    }

    @Test
    void an_account_that_is_not_in_use_any_more_is_not_changed_by_a_request_that_was_under_way() {
        Person ada = Person.named("Ada");
        Rows.change("update users set status = 'DISABLED' where id = ?::uuid", ada.id());
        var e = assertThrows(
                Unauthorized.class,
                () -> VertxContextSupport.subscribeAndAwait(
                        () -> Panache.withTransaction(() -> User.heldInUse(UUID.fromString(ada.id())))));
        assertEquals("credentials-invalid", e.code);
    }

    @Test
    void a_change_of_the_role_ends_all_sessions() {
        Person root = Admin.named("Root");
        Person ada = Person.named("Ada");
        Person key = ApiKeysTest.key(ada, Map.of(), "permission:read");
        roles(root, ada.id(), "PLATFORM_ADMIN").statusCode(200).body("platformRoles", contains("PLATFORM_ADMIN"));
        SessionsTest.me(ada).statusCode(401);
        key.sends().get("/api/v1/permissions").then().statusCode(401);
        assertEquals(1, facts("ApiKeysRevoked", ada.id()));
        Person again = ada.again();
        roles(again, ada.id(), "PLATFORM_ADMIN").statusCode(200);
        SessionsTest.me(again).statusCode(200);
        roles(root, ada.id()).statusCode(200).body("platformRoles", hasSize(0));
        SessionsTest.me(again).statusCode(401);
        ada.again().sends().get("/api/v1/users").then().statusCode(403);
        assertEquals(2, facts("PlatformRolesChanged", ada.id()));
        Person bob = Person.named("Bob");
        status(root, bob.id(), "DISABLED").statusCode(200);
        roles(root, bob.id(), "PLATFORM_ADMIN").statusCode(409).body("code", is("user-not-active"));
    }

    @Test
    void all_sessions_of_a_user_are_ended_at_once() {
        Person root = Admin.named("Root");
        Person ada = Person.named("Ada");
        Person there = ada.again();
        Person key = ApiKeysTest.key(ada, Map.of(), "community:read");
        root.sends().delete("/api/v1/users/" + ada.id() + "/sessions").then().statusCode(204);
        SessionsTest.me(ada).statusCode(401);
        SessionsTest.me(there).statusCode(401);
        key.sends().get(Village.open().path()).then().statusCode(200);
        assertEquals(1, facts("SessionsEnded", ada.id()));
    }

    @Test
    void the_last_platform_admin_stays_one_however_many_leave_at_once() throws Exception {
        for (int round = 0; round < 5; round++) {
            Rows.change("update users set platform_roles = '{}' where platform_roles <> '{}'");
            var admins = new ArrayList<Person>();
            for (int i = 0; i < 6; i++) admins.add(Admin.named("Root"));
            var answers = new ArrayList<java.util.concurrent.CompletableFuture<Rush.Answer>>();
            for (int i = 0; i < 6; i++) {
                // half of them leave, half take the role from their neighbour
                Person target = admins.get(i % 2 == 0 ? i : (i + 1) % 6);
                answers.add(Rush.send(
                        admins.get(i),
                        "PUT",
                        "/api/v1/users/" + target.id() + "/platform-roles",
                        Map.of("roles", List.of())));
            }
            for (int i = 0; i < 6; i++)
                answers.add(Rush.send(
                        admins.get(i),
                        "PUT",
                        "/api/v1/users/" + admins.get((i + 3) % 6).id() + "/status",
                        Map.of("status", "DISABLED", "reason", "x")));
            for (var answer : answers) {
                int status = answer.get().status();
                assertTrue(List.of(200, 401, 403, 409, 503).contains(status), String.valueOf(status));
            }
            assertTrue(
                    Rows.count("select count(*) from users where platform_roles <> '{}' and status = 'ACTIVE'") >= 1,
                    "nobody is left");
        }
        Rows.change("update users set platform_roles = '{}' where platform_roles <> '{}'");
        Person last = Admin.named("Root");
        roles(last, last.id()).statusCode(409).body("code", is("last-platform-admin"));
        SessionsTest.me(last).statusCode(200);
    }
}
