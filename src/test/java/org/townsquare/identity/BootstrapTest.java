package org.townsquare.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Admin;
import org.townsquare.town.Database;
import org.townsquare.town.Mailbox;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;

@QuarkusTest
@QuarkusTestResource(Database.class)
@TestProfile(BootstrapTest.Configured.class)
class BootstrapTest {
    /** Everybody in the tests calls from one network, which has a limit of mails. */
    @BeforeEach
    void forgetWhatOthersTried() {
        var unused = Database.update("delete from throttle");
    }

    private static final String EMAIL = "Root@example.org";

    public static class Configured implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("townsquare.bootstrap.admin-email", EMAIL);
        }
    }

    @Inject
    Bootstrap bootstrap;

    private Person root;

    @BeforeEach
    void sign_up_with_that_e_mail() {
        Rows.change("delete from first_admin");
        Rows.change(
                "update users set platform_roles = '{}', email = id || '@example.org' where platform_roles <> '{}' or lower(email) = lower(?)",
                EMAIL);
        root = Person.named("Root");
        Rows.change("update users set email = lower(?) where id = ?::uuid", EMAIL, root.id());
        root = new Person(root.id(), "Root", EMAIL, root.token());
    }

    private void start() {
        try {
            VertxContextSupport.subscribeAndAwait(() -> Panache.withTransaction(bootstrap::promote));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static void confirmed(Person person) {
        Rows.change("update users set email_verified_at = clock_timestamp() where id = ?::uuid", person.id());
    }

    private static List<String> admins() {
        return Database.texts("select id from users where platform_roles <> '{}'");
    }

    @Test
    void the_configured_account_becomes_admin_when_its_e_mail_is_confirmed() {
        start();
        assertEquals(List.of(), admins());
        confirmed(root);
        start();
        assertEquals(List.of(root.id()), admins());
        SessionsTest.me(root).statusCode(401);
        root.again().sends().get("/api/v1/users").then().statusCode(200);
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from journal_entry where kind = 'PlatformRolesChanged' and subject_id = ?::uuid and credential = 'SYSTEM'",
                        root.id()));
    }

    @Test
    void confirming_the_e_mail_over_HTTP_is_enough() {
        Rows.change("update users set email = id || '@example.org' where id = ?::uuid", root.id());
        Person.nobody()
                .body(Map.of("name", "Root", "email", EMAIL, "password", Person.PASSWORD))
                .post("/api/v1/sign-ups")
                .then()
                .statusCode(201);
        assertEquals(List.of(), admins());
        Person same = root.again();
        String token = Mailbox.token(EMAIL, "Confirm your e-mail");
        Person.nobody()
                .body(Map.of("token", token))
                .post("/api/v1/email-confirmations")
                .then()
                .statusCode(204);
        same.sends().get("/api/v1/me").then().statusCode(401);
        root.again().sends().get("/api/v1/users").then().statusCode(200);
    }

    @Test
    void a_key_that_was_made_before_is_no_admins_key() {
        Person key = ApiKeysTest.key(root, Map.of(), "platform:users");
        key.sends().get("/api/v1/users").then().statusCode(403);
        confirmed(root);
        start();
        assertEquals(List.of(root.id()), admins());
        key.sends().get("/api/v1/users").then().statusCode(401);
    }

    @Test
    void once_is_once_also_when_the_role_is_taken_away() {
        confirmed(root);
        start();
        Rows.change("update users set platform_roles = '{}' where id = ?::uuid", root.id());
        start();
        assertEquals(List.of(), admins());
    }

    @Test
    void where_there_is_an_admin_nobody_else_becomes_one() {
        Person other = Admin.named("Other");
        confirmed(root);
        start();
        assertEquals(List.of(other.id()), admins());
    }

    @Test
    void a_disabled_account_is_no_admin() {
        confirmed(root);
        Rows.change("update users set status = 'DISABLED' where id = ?::uuid", root.id());
        start();
        assertEquals(List.of(), admins());
    }

    @Test
    void starting_on_many_replicas_at_once_makes_one() {
        confirmed(root);
        List.of(1, 2, 3, 4).parallelStream().forEach(replica -> start());
        assertEquals(List.of(root.id()), admins());
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from journal_entry where kind = 'PlatformRolesChanged' and subject_id = ?::uuid",
                        root.id()));
    }
}
