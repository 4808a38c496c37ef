package org.townsquare.identity;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Admin;
import org.townsquare.town.Database;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;

@QuarkusTest
@QuarkusTestResource(Database.class)
class SessionsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    DueAccounts due;

    static ValidatableResponse me(Person person) {
        return person.sends().get("/api/v1/me").then();
    }

    static String current(Person person) {
        return person.sends()
                .get("/api/v1/me/sessions")
                .then()
                .statusCode(200)
                .extract()
                .path("items.find { it.current }.id");
    }

    private static long facts(String kind, String userId) {
        return Rows.count("select count(*) from journal_entry where kind = ? and actor_id = ?::uuid", kind, userId);
    }

    @Test
    void sessions_are_listed_with_device_and_network() {
        Person ada = Person.named("Ada");
        String token = Person.nobody()
                .header("User-Agent", "Telephone 3.1")
                .body(Map.of("email", ada.email(), "password", Person.PASSWORD))
                .post("/api/v1/sessions")
                .path("token");
        Rows.change(
                "update session set network = null where user_id = ?::uuid and device <> 'Telephone 3.1'", ada.id());
        ada.by(token)
                .sends()
                .get("/api/v1/me/sessions")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items.current", contains(true, false))
                .body("items.sameNetwork", contains(true, false))
                .body("items[0].device", is("Telephone 3.1"))
                .body("items[0].impersonation", nullValue())
                .body("items[0].findAll { it.key in ['createdAt', 'lastSeenAt', 'expiresAt'] }.size()", is(3))
                .body(
                        "items[0].keySet().findAll { it.toLowerCase().contains('token') || it == 'network' }",
                        hasSize(0));
        ada.sends().get("/api/v1/me/sessions?limit=1").then().body("items", hasSize(1));
    }

    @Test
    void one_session_is_ended_and_the_others_go_on() {
        Person here = Person.named("Ada");
        Person there = here.again();
        String other = current(there);
        Person eve = Person.named("Eve");
        eve.sends().delete("/api/v1/sessions/" + other).then().statusCode(404);
        me(there).statusCode(200);
        here.sends().delete("/api/v1/sessions/" + other).then().statusCode(204);
        me(there).statusCode(401).body("code", is("credentials-invalid"));
        me(here).statusCode(200);
        here.sends().get("/api/v1/me/sessions").then().body("items", hasSize(1));
        here.sends().delete("/api/v1/sessions/" + other).then().statusCode(404);
        assertEquals(1, facts("SessionEnded", here.id()));
    }

    @Test
    void all_others_are_ended_at_once() {
        Person here = Person.named("Ada");
        Person there = here.again();
        Person elsewhere = here.again();
        here.sends().delete("/api/v1/me/sessions").then().statusCode(204);
        me(there).statusCode(401);
        me(elsewhere).statusCode(401);
        me(here).statusCode(200);
        here.sends().delete("/api/v1/me/sessions").then().statusCode(204);
        assertEquals(1, facts("SessionsEnded", here.id()));
    }

    @Test
    void a_session_ends_when_it_is_not_used_and_at_its_latest() {
        Person ada = Person.named("Ada");
        me(ada).statusCode(200);
        Rows.change("update session set idle_until = clock_timestamp() where user_id = ?::uuid", ada.id());
        me(ada).statusCode(401);
        Person again = ada.again();
        Rows.change("update session set expires_at = clock_timestamp() where user_id = ?::uuid", ada.id());
        me(again).statusCode(401);
        ada.again().sends().get("/api/v1/me/sessions").then().body("items", hasSize(1));
    }

    @Test
    void its_use_is_written_down_every_five_minutes_and_moves_its_end() {
        Person ada = Person.named("Ada");
        String seen =
                "select extract(epoch from clock_timestamp() - last_seen_at)::bigint from session where user_id = ?::uuid";
        String left =
                "select extract(epoch from idle_until - clock_timestamp())::bigint from session where user_id = ?::uuid";
        Rows.change(
                "update session set last_seen_at = clock_timestamp() - interval '4 minutes', idle_until = clock_timestamp() + interval '1 hour' where user_id = ?::uuid",
                ada.id());
        me(ada).statusCode(200);
        assertTrue(Rows.count(seen, ada.id()) >= 240);
        Rows.change(
                "update session set last_seen_at = clock_timestamp() - interval '6 minutes' where user_id = ?::uuid",
                ada.id());
        me(ada).statusCode(200);
        assertTrue(Rows.count(seen, ada.id()) < 60);
        assertTrue(
                Rows.count(left, ada.id()) > Duration.ofDays(7).minusMinutes(2).toSeconds());
        Admin.promoted(ada);
        Rows.change(
                "update session set last_seen_at = clock_timestamp() - interval '6 minutes' where user_id = ?::uuid",
                ada.id());
        me(ada).statusCode(200);
        long seconds = Rows.count(left, ada.id());
        assertTrue(seconds <= Duration.ofMinutes(30).toSeconds()
                && seconds > Duration.ofMinutes(28).toSeconds());
    }

    @Test
    void an_admin_is_signed_in_for_a_shorter_time() {
        Person root = Admin.named("Root");
        Instant before = Instant.now();
        Instant end = Instant.parse(Person.nobody()
                .body(Map.of("email", root.email(), "password", Person.PASSWORD))
                .post("/api/v1/sessions")
                .path("expiresAt"));
        assertTrue(end.isBefore(before.plus(Duration.ofMinutes(31))), end.toString());
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from session where user_id = ?::uuid and expires_at - created_at between interval '7 hours 59 minutes' and interval '8 hours'",
                        root.id()));
    }

    @Test
    void what_ended_is_kept_for_thirty_days_and_then_forgotten() {
        Person ada = Person.named("Ada");
        Person gone = ada.again();
        Person old = ada.again();
        for (Person each : new Person[] {gone, old})
            each.sends().delete("/api/v1/me/session").then().statusCode(204);
        me(gone).statusCode(401);
        String kept = "select count(*) from session where user_id = ?::uuid and ended_at is not null";
        assertEquals(2, Rows.count(kept, ada.id()));
        Rows.change(
                "update session set ended_at = clock_timestamp() - interval '31 days' where id = (select max(id::text)::uuid from session where user_id = ?::uuid)",
                ada.id());
        due.purge().await().atMost(PATIENCE);
        assertEquals(1, Rows.count(kept, ada.id()));
        me(ada).statusCode(200);
    }
}
