package org.townsquare.identity;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.townsquare.journal.Actor;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Problem;
import org.townsquare.town.Database;
import org.townsquare.town.Mailbox;
import org.townsquare.town.Person;

@QuarkusTest
@QuarkusTestResource(Database.class)
class SignInLimitsTest {
    /** Everybody in the tests calls from one network, which has a limit of mails. */
    @BeforeEach
    void forgetWhatOthersTried() {
        var unused = Database.update("delete from throttle");
    }

    private static final String WRONG = "not the password";

    @Inject
    Throttle throttle;

    @Inject
    Pepper pepper;

    @Inject
    Pool pool;

    @Inject
    Clock clock;

    @Inject
    IdentityPurge purge;

    @Inject
    MeterRegistry metrics;

    private double hashes() {
        return metrics.get("townsquare.password.hashes").counter().count();
    }

    private static int signIn(String email, String password) {
        return SignInTest.signIn(email, password).extract().statusCode();
    }

    private Digest here(String email) {
        return pepper.hmac("sign-in", pepper.network("127.0.0.1").text(), email);
    }

    private static void change(Digest bucket, String set) {
        assertEquals(1, Database.update("update throttle set " + set + " where bucket = ?", bucket.bytes()));
    }

    private static List<Integer> atOnce(int count, Callable<Integer> call) throws Exception {
        var calls = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < count; i++) calls.add(call);
        var threads = Executors.newFixedThreadPool(count);
        var statuses = new ArrayList<Integer>();
        for (var answer : threads.invokeAll(calls)) statuses.add(answer.get());
        threads.shutdown();
        return statuses;
    }

    private static long count(List<Integer> statuses, int status) {
        return statuses.stream().filter(it -> it == status).count();
    }

    @Test
    void after_five_failures_the_next_try_waits_and_is_not_hashed() {
        Person ada = Person.named("Ada");
        for (String email : List.of(ada.email(), "nobody-" + ada.email())) {
            for (int i = 0; i < 5; i++) assertEquals(401, signIn(email, WRONG));
            change(here(email), "blocked_until = clock_timestamp() + interval '3 seconds'");
            double before = hashes();
            SignInTest.signIn(email, Person.PASSWORD)
                    .statusCode(429)
                    .header("Retry-After", "3")
                    .body("code", is("too-many-tries"));
            assertEquals(before, hashes());
        }
        change(here(ada.email()), "blocked_until = clock_timestamp()");
        assertEquals(201, signIn(ada.email(), Person.PASSWORD));
        for (int i = 0; i < 5; i++) assertEquals(401, signIn(ada.email(), WRONG), "success forgave the failures");
    }

    @Test
    void the_wait_doubles_up_to_a_quarter_of_an_hour_and_a_day_forgives() {
        Digest bucket = pepper.hmac("test", Person.unique());
        var waits = new ArrayList<Long>();
        for (int failure = 1; failure <= 20; failure++) {
            throttle.requireTry(bucket).await().indefinitely();
            waits.add(Long.parseLong(Objects.requireNonNullElse(
                    Database.texts(
                                    "select round(extract(epoch from blocked_until - window_start)) from throttle where bucket = ?",
                                    bucket.bytes())
                            .get(0),
                    "0")));
            change(bucket, "blocked_until = clock_timestamp()");
        }
        assertEquals(
                List.of(
                        0L, 0L, 0L, 0L, 1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 900L, 900L, 900L, 900L, 900L,
                        900L),
                waits);
        change(bucket, "window_start = clock_timestamp() - interval '1 day'");
        for (int failure = 1; failure <= 5; failure++)
            throttle.requireTry(bucket).await().indefinitely();
    }

    @Test
    void of_a_hundred_wrong_passwords_at_once_no_more_are_hashed_than_are_free() throws Exception {
        Person ada = Person.named("Ada");
        double before = hashes();
        long start = System.nanoTime();
        var statuses = atOnce(100, () -> signIn(ada.email(), WRONG));
        double seconds = (System.nanoTime() - start) / 1e9;
        // one more after a second, the next after three, after seven
        long free = 5 + (long) (Math.log(seconds + 1) / Math.log(2));
        assertTrue(count(statuses, 401) >= 5 && count(statuses, 401) <= free, seconds + " s: " + statuses);
        assertEquals(100, count(statuses, 401) + count(statuses, 429), statuses.toString());
        assertEquals(count(statuses, 401), (long) (hashes() - before));
    }

    @Test
    void networks_that_the_account_is_not_known_on_have_twenty_failures_an_hour_and_the_owner_is_told() {
        Person ada = Person.named("Ada");
        Database.update("update session set network = '\\x00' where user_id = ?::uuid", ada.id());
        for (int i = 0; i < 20; i++) {
            assertEquals(401, signIn(ada.email(), WRONG));
            Database.update("delete from throttle where bucket = ?", (Object)
                    here(ada.email()).bytes());
        }
        double before = hashes();
        for (int i = 0; i < 7; i++)
            SignInTest.signIn(ada.email(), Person.PASSWORD).statusCode(429).body("code", is("too-many-tries"));
        assertEquals(before, hashes());
        Mailbox.nth(1, ada.email(), "Wrong passwords for your account");
        assertEquals(
                List.of("1"),
                Database.texts(
                        "select count(*) from journal_entry where kind = 'SignInsThrottled' and subject_id = ?::uuid",
                        ada.id()));
        // the owner, at home
        Database.update(
                "update session set network = ? where user_id = ?::uuid",
                pepper.network("127.0.0.1").bytes(),
                ada.id());
        assertEquals(201, signIn(ada.email(), Person.PASSWORD));
    }

    @Test
    void the_owner_who_sets_the_password_anew_is_let_in_from_a_new_network() {
        Person ada = Person.named("Ada");
        Database.update("delete from session where user_id = ?::uuid", ada.id());
        for (int i = 0; i < 20; i++) {
            assertEquals(401, signIn(ada.email(), WRONG));
            Database.update("delete from throttle where bucket = ?", (Object)
                    here(ada.email()).bytes());
        }
        assertEquals(429, signIn(ada.email(), Person.PASSWORD));
        PasswordTest.askReset(ada.email()).statusCode(202);
        Person.nobody()
                .body(Map.of(
                        "token", Mailbox.token(ada.email(), PasswordTest.RESET), "password", "wrong donkey charger"))
                .post("/api/v1/password-resets/completion")
                .then()
                .statusCode(204);
        assertEquals(201, signIn(ada.email(), "wrong donkey charger"));
    }

    @Test
    void guesses_at_the_password_of_a_session_count_as_sign_ins() {
        Person ada = Person.named("Ada");
        for (int i = 0; i < 5; i++)
            ada.sends(Map.of("current", WRONG, "password", "wrong donkey charger"))
                    .put("/api/v1/me/password")
                    .then()
                    .statusCode(403)
                    .body("code", is("proof-needed"));
        change(here(ada.email()), "blocked_until = clock_timestamp() + interval '60 seconds'");
        ada.sends(Map.of("email", "x@example.org", "password", WRONG))
                .put("/api/v1/me/email")
                .then()
                .statusCode(429);
        assertEquals(429, signIn(ada.email(), Person.PASSWORD));
    }

    @Test
    void a_network_signs_up_five_thousand_an_hour() {
        Person.named("Ada");
        Digest bucket = pepper.hmac("sign-ups", pepper.network("127.0.0.1").text());
        String before = Database.texts("select count from throttle where bucket = ?", bucket.bytes())
                .get(0);
        change(bucket, "count = 4999");
        Person.named("Bea");
        Person.nobody()
                .body(Map.of("name", "Cem", "email", Person.unique() + "@example.org", "password", Person.PASSWORD))
                .post("/api/v1/sign-ups")
                .then()
                .statusCode(429)
                .body("code", is("too-many-tries"));
        change(bucket, "count = " + before);
    }

    @Test
    void a_network_has_a_hundred_mails_an_hour_and_the_same_answer_after_that() {
        Person ada = Person.named("Ada");
        PasswordTest.askReset(ada.email()).statusCode(202);
        Digest bucket = pepper.hmac("mails-from", pepper.network("127.0.0.1").text());
        String before = Database.texts("select count from throttle where bucket = ?", bucket.bytes())
                .get(0);
        change(bucket, "count = 100");
        Person bea = Person.named("Bea");
        PasswordTest.askReset(bea.email()).statusCode(202).body("validFor", is("PT1H"));
        assertEquals(
                List.of("EMAIL"), Database.texts("select purpose from verification where user_id = ?::uuid", bea.id()));
        change(bucket, "count = " + before);
    }

    @Test
    void a_quota_is_shared_exact_under_a_rush_and_new_after_its_window() throws Exception {
        Digest bucket = pepper.hmac("test", Person.unique());
        var quota = new Quota(7, Duration.ofMinutes(10));
        var one = new Throttle(pool);
        var other = new Throttle(pool);
        var turn = new java.util.concurrent.atomic.AtomicInteger();
        var taken = atOnce(
                40,
                () -> (turn.incrementAndGet() % 2 == 0 ? one : other)
                                .take(bucket, quota)
                                .await()
                                .indefinitely()
                                .isZero()
                        ? 1
                        : 0);
        assertEquals(7, count(taken, 1));
        Duration wait = one.take(bucket, quota).await().indefinitely();
        assertTrue(
                wait.compareTo(Duration.ofMinutes(9)) > 0 && wait.compareTo(Duration.ofMinutes(10)) <= 0,
                wait.toString());
        change(bucket, "window_start = clock_timestamp() - interval '10 minutes'");
        assertTrue(one.take(bucket, quota).await().indefinitely().isZero());
    }

    @Test
    void wrong_guesses_are_counted_for_all_replicas_and_right_ones_are_not() {
        Person ada = Person.named("Ada");
        Actor who = new Guesser(UUID.fromString(ada.id()), "203.0.113.7");
        var one = new Guesses(throttle, pepper, clock);
        var other = new Guesses(throttle, pepper, clock);
        for (int i = 0; i < 30; i++) {
            assertEquals("right", guess(one, who, "right"));
            assertEquals("code-unknown", guess(one, who, "code-unknown"));
        }
        assertEquals("too-many-tries", guess(one, who, "code-unknown"));
        assertEquals("too-many-tries", guess(one, who, "right"), "refused before it is looked at");
        assertEquals("too-many-tries", guess(other, who, "code-unknown"));
        assertEquals("too-many-tries", guess(other, who, "right"));
        assertEquals("code-unknown", guess(one, new Guesser(null, "203.0.113.7"), "code-unknown"));
        assertEquals("event-full", guess(one, new Guesser(UUID.randomUUID(), "203.0.113.7"), "event-full"));
    }

    @Test
    void an_anonymous_network_has_six_hundred_wrong_guesses() {
        Actor who = new Guesser(null, "2001:db8:77::" + Long.toHexString(System.nanoTime() & 0xffff));
        var guesses = new Guesses(throttle, pepper, clock);
        for (int i = 0; i < 600; i++) assertEquals("code-unknown", guess(guesses, who, "code-unknown"));
        assertEquals("too-many-tries", guess(guesses, who, "code-unknown"));
    }

    private record Guesser(@Nullable UUID actorId, String ip) implements Actor {
        @Override
        public Credential credential() {
            return actorId == null ? Credential.ANONYMOUS : Credential.SESSION;
        }

        @Override
        public Origin origin() {
            return new Origin(ip, null);
        }

        @Override
        public String requestId() {
            return "test";
        }
    }

    private static String guess(Guesses guesses, Actor who, String outcome) {
        try {
            return guesses.counted(
                            who,
                            "code-unknown",
                            () -> outcome.equals("right")
                                    ? io.smallrye.mutiny.Uni.createFrom().item("right")
                                    : io.smallrye.mutiny.Uni.createFrom().failure(new Problem.NotFound(outcome, null)))
                    .await()
                    .indefinitely();
        } catch (Problem e) {
            return e.code;
        }
    }

    @Test
    void what_is_over_is_removed() {
        Digest old = pepper.hmac("test", Person.unique());
        Digest young = pepper.hmac("test", Person.unique());
        for (Digest bucket : List.of(old, young))
            throttle.requireTry(bucket).await().indefinitely();
        change(old, "window_start = clock_timestamp() - interval '26 hours'");
        purge.purge().await().indefinitely();
        assertEquals(List.of(), Database.texts("select 1 from throttle where bucket = ?", (Object) old.bytes()));
        assertEquals(List.of("1"), Database.texts("select 1 from throttle where bucket = ?", (Object) young.bytes()));
    }
}
