package org.townsquare.identity;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Mailbox;
import org.townsquare.town.Person;

@QuarkusTest
@QuarkusTestResource(Database.class)
class PasswordTest {
    /** Everybody in the tests calls from one network, which has a limit of mails. */
    @BeforeEach
    void forgetWhatOthersTried() {
        var unused = Database.update("delete from throttle");
    }

    static final String RESET = "Set your password anew";
    private static final String OTHER = "wrong donkey charger";

    @Inject
    MeterRegistry metrics;

    private double hashes() {
        return metrics.get("townsquare.password.hashes").counter().count();
    }

    @CanIgnoreReturnValue
    static ValidatableResponse askReset(String email) {
        return Person.nobody()
                .body(Map.of("email", email))
                .post("/api/v1/password-resets")
                .then();
    }

    private static ValidatableResponse reset(String token, String password) {
        return Person.nobody()
                .body(Map.of("token", token, "password", password))
                .post("/api/v1/password-resets/completion")
                .then();
    }

    private static ValidatableResponse change(Person person, String current, String password) {
        return person.sends(Map.of("current", current, "password", password))
                .put("/api/v1/me/password")
                .then();
    }

    private static int signUp(String password) {
        return Person.nobody()
                .body(Map.of("name", "Ada Moreau", "email", Person.unique() + "@example.org", "password", password))
                .post("/api/v1/sign-ups")
                .statusCode();
    }

    private static int me(String token) {
        return Person.nobody()
                .header("Authorization", "Bearer " + token)
                .get("/api/v1/me")
                .statusCode();
    }

    /** Status, body and headers, without what differs from one request to the next. */
    private static Map<String, Object> shape(Response answer) {
        var shape = new TreeMap<String, Object>(answer.headers().asList().stream()
                .filter(it -> !it.getName().equalsIgnoreCase("Date"))
                .collect(Collectors.toMap(it -> it.getName(), it -> it.getValue(), (a, b) -> a + ", " + b)));
        shape.put("status", answer.statusCode());
        shape.put("body", answer.asString().replaceAll("\"traceId\":\"[0-9a-f]{32}\"", ""));
        return shape;
    }

    @Test
    void a_change_ends_every_session_and_gives_this_one_a_new_token() {
        Person ada = Person.named("Ada");
        String phone = SignInTest.signIn(ada.email(), Person.PASSWORD).extract().path("token");
        String token = change(ada, Person.PASSWORD, OTHER)
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("user.id", is(ada.id()))
                .body("token", matchesPattern("tss_[A-Za-z0-9_-]{43}"))
                .body("token", not(is(ada.token())))
                .extract()
                .path("token");
        assertEquals(List.of(200, 401, 401), List.of(me(token), me(ada.token()), me(phone)));
        SignInTest.signIn(ada.email(), Person.PASSWORD).statusCode(401);
        SignInTest.signIn(ada.email(), OTHER).statusCode(201);
        Mailbox.nth(1, ada.email(), "Your password was changed");
    }

    @Test
    void a_change_needs_the_current_password() {
        Person ada = Person.named("Ada");
        change(ada, "not the password", OTHER).statusCode(403).body("code", is("proof-needed"));
        change(ada, Person.PASSWORD, "short").statusCode(422).body("code", is("invalid"));
        assertEquals(200, me(ada.token()));
    }

    @Test
    void a_forgotten_password_is_set_anew_by_mail_and_every_session_and_key_ends() {
        Person ada = Person.named("Ada");
        Person key = ApiKeysTest.key(ada, Map.of(), "permission:read");
        key.sends().get("/api/v1/permissions").then().statusCode(200);
        askReset(ada.email()).statusCode(202).body("validFor", is("PT1H"));
        String token = Mailbox.token(ada.email(), RESET);
        reset(token, "password123").statusCode(422).body("code", is("password-too-common"));
        reset(token, OTHER).statusCode(204);
        assertEquals(401, me(ada.token()));
        key.sends().get("/api/v1/permissions").then().statusCode(401);
        Mailbox.nth(1, ada.email(), "Your API keys were revoked");
        SignInTest.signIn(ada.email(), Person.PASSWORD).statusCode(401);
        SignInTest.signIn(ada.email(), OTHER).statusCode(201);
        reset(token, "another donkey").statusCode(410).body("code", is("token-spent"));
        Mailbox.nth(1, ada.email(), "Your password was changed");
    }

    @Test
    void a_reset_that_was_replaced_or_expired_or_overtaken_is_spent() {
        Person ada = Person.named("Ada");
        askReset(ada.email());
        String first = Mailbox.token(ada.email(), RESET);
        askReset(ada.email());
        String second = Mailbox.token(2, ada.email(), RESET);
        reset(first, OTHER).statusCode(410);
        Database.update(
                "update verification set expires_at = clock_timestamp() where user_id = ?::uuid and purpose = 'PASSWORD_RESET'",
                ada.id());
        double hashed = hashes();
        reset(second, OTHER).statusCode(410);
        assertEquals(hashed, hashes(), "an expired one costs no hashing");
        askReset(ada.email());
        String third = Mailbox.token(3, ada.email(), RESET);
        change(ada, Person.PASSWORD, OTHER).statusCode(200);
        reset(third, "another donkey").statusCode(410);
    }

    @Test
    void a_forged_token_is_refused_before_anything_is_hashed() {
        double before = hashes();
        reset("x".repeat(64), OTHER).statusCode(410);
        assertEquals(before, hashes());
    }

    @Test
    void a_known_and_an_unknown_address_get_the_same_answer_for_the_same_work() {
        Person ada = Person.named("Ada");
        double start = hashes();
        var wrong = Person.nobody()
                .body(Map.of("email", ada.email(), "password", "not the password"))
                .post("/api/v1/sessions");
        double middle = hashes();
        var unknown = Person.nobody()
                .body(Map.of("email", "nobody-" + ada.email(), "password", "not the password"))
                .post("/api/v1/sessions");
        assertEquals(401, wrong.statusCode());
        assertEquals(shape(wrong), shape(unknown));
        assertEquals(List.of(1.0, 1.0), List.of(middle - start, hashes() - middle));

        double before = hashes();
        var known = Person.nobody().body(Map.of("email", ada.email())).post("/api/v1/password-resets");
        var nobody =
                Person.nobody().body(Map.of("email", "nobody-" + ada.email())).post("/api/v1/password-resets");
        assertEquals(202, known.statusCode());
        assertEquals(shape(known), shape(nobody));
        assertEquals(before, hashes());
    }

    @Test
    void a_reset_takes_the_same_time_whoever_has_the_address() {
        Person ada = Person.named("Ada");
        askReset("warm-" + ada.email());
        askReset(ada.email());
        long[] known = new long[3];
        long[] unknown = new long[3];
        for (int i = 0; i < 3; i++) {
            unknown[i] = askReset(i + "-" + ada.email()).extract().time();
            known[i] = askReset(ada.email()).extract().time();
        }
        for (long time : known) assertTrue(time >= 95, Arrays.toString(known));
        for (long time : unknown) assertTrue(time >= 95, Arrays.toString(unknown));
        System.out.println(
                "reset, known " + Arrays.toString(known) + " ms, unknown " + Arrays.toString(unknown) + " ms");
    }

    @Test
    void three_reset_mails_go_to_one_address_an_hour() {
        Person ada = Person.named("Ada");
        for (int i = 0; i < 5; i++) askReset(ada.email()).statusCode(202).body("validFor", is("PT1H"));
        assertEquals(
                List.of("3"),
                Database.texts(
                        "select count(*) from journal_entry where kind = 'VerificationAsked' and subject_id = ?::uuid and actor_id is null",
                        ada.id()));
    }

    @Test
    void a_password_that_is_tried_first_or_names_its_owner_is_refused() {
        for (String common : List.of("password", "PASSWORD1", "12345678", "iloveyou", "Ada Moreau", "ada moreau"))
            assertEquals(422, signUp(common), common);
        String email = Person.unique() + "@example.org";
        Person.nobody()
                .body(Map.of("name", "Ada", "email", email, "password", email.toUpperCase(java.util.Locale.ROOT)))
                .post("/api/v1/sign-ups")
                .then()
                .statusCode(422)
                .body("code", is("password-too-common"));
    }

    @Test
    void a_password_is_counted_in_characters_of_any_script() {
        String rocket = "\uD83D\uDE80";
        assertEquals(422, signUp(rocket.repeat(7)));
        assertEquals(201, signUp(rocket.repeat(8)));
        assertEquals(201, signUp(rocket.repeat(128)));
        assertEquals(422, signUp(rocket.repeat(129)));
        assertEquals(201, signUp("e\u0301".repeat(128)), "composed it has 128");
        String email = Person.unique() + "@example.org";
        Person.nobody()
                .body(Map.of("name", "Ada", "email", email, "password", rocket.repeat(128)))
                .post("/api/v1/sign-ups")
                .then()
                .statusCode(201);
        SignInTest.signIn(email, rocket.repeat(128)).statusCode(201);
        SignInTest.signIn(email, rocket.repeat(127)).statusCode(401);
        String token = SignInTest.signIn(email, rocket.repeat(128)).extract().path("token");
        Person.nobody()
                .header("Authorization", "Bearer " + token)
                .body(Map.of("name", "Reader", "scopes", List.of("event:read"), "password", rocket.repeat(128)))
                .post("/api/v1/me/api-keys")
                .then()
                .statusCode(201);
        Person.nobody()
                .header("Authorization", "Bearer " + token)
                .body(Map.of("password", rocket.repeat(128)))
                .post("/api/v1/me/erasure")
                .then()
                .statusCode(201);
    }

    @Test
    void a_hash_of_other_parameters_is_renewed_at_the_next_sign_in() {
        Person ada = Person.named("Ada");
        // "correct horse battery" by argon2id with 8 MiB, t = 1
        String weak = OldHash.of(Person.PASSWORD);
        Database.update("update account set password_hash = ? where user_id = ?::uuid", weak, ada.id());
        SignInTest.signIn(ada.email(), "not the password").statusCode(401);
        assertEquals(
                List.of(weak), Database.texts("select password_hash from account where user_id = ?::uuid", ada.id()));
        SignInTest.signIn(ada.email(), Person.PASSWORD).statusCode(201);
        String renewed = Database.texts("select password_hash from account where user_id = ?::uuid", ada.id())
                .get(0);
        assertTrue(renewed.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), renewed);
        SignInTest.signIn(ada.email(), Person.PASSWORD).statusCode(201);
        assertEquals(
                List.of(renewed),
                Database.texts("select password_hash from account where user_id = ?::uuid", ada.id()));
    }

    @Test
    void the_memory_of_a_hash_is_that_of_the_one_before() {
        var allocated = new ArrayList<Long>();
        for (int i = 0; i < 8; i++) {
            long before = allocatedByWorkers();
            SignInTest.signIn(Person.unique() + "@example.org", Person.PASSWORD).statusCode(401);
            allocated.add(allocatedByWorkers() - before);
        }
        // after a collection it is made anew
        assertTrue(Collections.min(allocated) < 1_000_000, allocated + " bytes, of hashes that take 19 MiB each");
    }

    private static long allocatedByWorkers() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(it -> it.getName().equals("password"))
                .mapToLong(it -> threads.getThreadAllocatedBytes(it.getId()))
                .sum();
    }

    @Test
    void a_sign_in_that_a_new_password_overtakes_opens_nothing() throws Exception {
        Person ada = Person.named("Ada");
        try (var db = Database.connect()) {
            db.setAutoCommit(false);
            try (var lock = db.prepareStatement("select 1 from users where id = ?::uuid for no key update")) {
                lock.setString(1, ada.id());
                assertTrue(lock.executeQuery().next());
            }
            var signingIn = java.util.concurrent.CompletableFuture.supplyAsync(() ->
                    SignInTest.signIn(ada.email(), Person.PASSWORD).extract().statusCode());
            org.townsquare.town.Eventually.holds(
                    () -> assertEquals(
                            List.of("1"),
                            Database.texts(
                                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%users%'")));
            try (var change = db.prepareStatement("update account set password_hash = ? where user_id = ?::uuid")) {
                change.setString(1, OldHash.of(OTHER));
                change.setString(2, ada.id());
                assertEquals(1, change.executeUpdate());
            }
            db.commit();
            assertEquals(401, signingIn.get());
        }
        assertFalse(me(ada.token()) == 401, "this test ends no session");
    }

    @Test
    void a_change_whose_session_ends_meanwhile_changes_nothing() throws Exception {
        Person ada = Person.named("Ada");
        try (var db = Database.connect()) {
            db.setAutoCommit(false);
            try (var lock = db.prepareStatement("select 1 from users where id = ?::uuid for no key update")) {
                lock.setString(1, ada.id());
                assertTrue(lock.executeQuery().next());
            }
            var changing = java.util.concurrent.CompletableFuture.supplyAsync(
                    () -> change(ada, Person.PASSWORD, OTHER).extract().statusCode());
            org.townsquare.town.Eventually.holds(
                    () -> assertEquals(
                            List.of("1"),
                            Database.texts(
                                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%users%'")));
            try (var end =
                    db.prepareStatement("update session set ended_at = clock_timestamp() where user_id = ?::uuid")) {
                end.setString(1, ada.id());
                assertEquals(1, end.executeUpdate());
            }
            db.commit();
            assertEquals(401, changing.get());
        }
        SignInTest.signIn(ada.email(), OTHER).statusCode(401);
        SignInTest.signIn(ada.email(), Person.PASSWORD).statusCode(201);
    }
}
