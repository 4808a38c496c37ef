package org.townsquare;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.townsquare.town.DurableDatabase;
import org.townsquare.town.Packaged;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

/** Two instances of the normal package on one database: what is taken away on one is gone on the other at its next request. */
@Tag("normal-package")
class ReplicasIT {
    private static final Duration SOON = Duration.ofSeconds(1);

    @TempDir
    private static Path folder;

    private static DurableDatabase database;
    private static Packaged one;
    private static Packaged other;

    @BeforeAll
    static void start() throws Exception {
        database = DurableDatabase.start(folder).migrated();
        one = Packaged.run(environment()).served();
        other = Packaged.run(environment()).served();
        RestAssured.baseURI = one.url().replaceFirst(":\\d+$", "");
        RestAssured.port = Integer.parseInt(one.url().replaceFirst(".*:", ""));
    }

    @AfterAll
    static void stop() throws Exception {
        RestAssured.reset();
        try {
            if (one != null) one.killed();
            if (other != null) other.killed();
        } finally {
            if (database != null) database.close();
        }
    }

    private static Map<String, String> environment() {
        var all = new HashMap<>(database.environment());
        return all;
    }

    private static void update(String sql, String id) throws SQLException {
        try (var db = database.connect();
                var statement = db.prepareStatement(sql)) {
            statement.setString(1, id);
            assertEquals(1, statement.executeUpdate());
        }
    }

    private static long count(String sql) throws SQLException {
        try (var db = database.connect();
                var statement = db.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Response onTheOther(Person person, String path) {
        return other.request()
                .header("Authorization", "Bearer " + person.token())
                .get(path);
    }

    /** Allowed there, then taken away here, then at its next request, within a second, not allowed there. */
    private static void holdsUntil(Person person, String path, Runnable change, int status) {
        onTheOther(person, path).then().statusCode(200);
        change.run();
        long changed = System.nanoTime();
        onTheOther(person, path).then().statusCode(status);
        assertTrue(System.nanoTime() - changed < SOON.toNanos(), "later than within a second");
    }

    private static Person admin() throws SQLException {
        Person root = Person.named("Root");
        update("update users set platform_roles = '{PLATFORM_ADMIN}' where id = ?::uuid", root.id());
        return root;
    }

    private static Person key(Person owner) {
        return owner.by(
                owner.sends(Map.of("name", "Door", "scopes", List.of("member:read"), "password", Person.PASSWORD))
                        .post("/api/v1/me/api-keys")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("secret"));
    }

    @Test
    void a_session_that_was_ended() {
        Person ada = Person.named("Ada");
        holdsUntil(
                ada,
                "/api/v1/me",
                () -> ada.sends().delete("/api/v1/me/session").then().statusCode(204),
                401);
        Person here = ada.again();
        Person there = ada.again();
        holdsUntil(
                there,
                "/api/v1/me",
                () -> here.sends().delete("/api/v1/me/sessions").then().statusCode(204),
                401);
        onTheOther(here, "/api/v1/me").then().statusCode(200);
    }

    @Test
    void a_key_that_was_revoked() {
        Village village = Village.open();
        Person ada = village.founder();
        Person key = key(ada);
        String id = ada.sends().get("/api/v1/me/api-keys").path("items[0].id");
        holdsUntil(
                key,
                village.path() + "/members",
                () -> ada.sends().delete("/api/v1/api-keys/" + id).then().statusCode(204),
                401);
    }

    @Test
    void a_role_that_was_taken_away() throws Exception {
        Village village = Village.open();
        Person bob = village.member("Bob", "ADMIN");
        holdsUntil(
                bob,
                village.path() + "/api-keys",
                () -> village.founder()
                        .sends(Map.of("roles", List.of()))
                        .put(village.path() + "/members/" + bob.id() + "/roles")
                        .then()
                        .statusCode(200),
                403);
        Person root = admin();
        Person second = admin();
        holdsUntil(
                second,
                "/api/v1/users",
                () -> root.sends(Map.of("roles", List.of()))
                        .put("/api/v1/users/" + second.id() + "/platform-roles")
                        .then()
                        .statusCode(200),
                401);
        onTheOther(second.again(), "/api/v1/users").then().statusCode(403);
    }

    @Test
    void an_account_that_was_disabled() throws Exception {
        Person root = admin();
        Village village = Village.open();
        Person bob = village.member("Bob");
        Person key = key(bob);
        onTheOther(key, village.path() + "/members").then().statusCode(200);
        holdsUntil(
                bob,
                "/api/v1/me",
                () -> root.sends(Map.of("status", "DISABLED", "reason", "As the rules say."))
                        .put("/api/v1/users/" + bob.id() + "/status")
                        .then()
                        .statusCode(200),
                401);
        onTheOther(key, village.path() + "/members").then().statusCode(401);
    }

    @Test
    void an_impersonation_whose_admin_is_one_no_more() throws Exception {
        Person root = admin();
        Person boss = admin();
        Person bob = Person.named("Bob");
        Person acting = bob.by(root.sends(Map.of("reason", "Bob asked for help.", "minutes", 5))
                .post("/api/v1/users/" + bob.id() + "/impersonation")
                .then()
                .statusCode(201)
                .extract()
                .path("token"));
        holdsUntil(
                acting,
                "/api/v1/me",
                () -> boss.sends(Map.of("roles", List.of()))
                        .put("/api/v1/users/" + root.id() + "/platform-roles")
                        .then()
                        .statusCode(200),
                401);
    }

    @Test
    void wrong_passwords_are_counted_together() {
        Person ada = Person.named("Ada");
        for (int i = 0; i < 5; i++)
            (i % 2 == 0 ? one : other)
                    .request()
                    .contentType(ContentType.JSON)
                    .body(Map.of("email", ada.email(), "password", "not the password"))
                    .post("/api/v1/sessions")
                    .then()
                    .statusCode(401);
        other.request()
                .contentType(ContentType.JSON)
                .body(Map.of("email", ada.email(), "password", "not the password"))
                .post("/api/v1/sessions")
                .then()
                .statusCode(429)
                .body("code", is("too-many-tries"));
    }

    @Test
    void admins_who_take_the_role_from_each_other_leave_one() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 10; round++) {
                Village village = Village.open();
                Person ada = village.founder();
                Person bob = village.member("Bob", "ADMIN");
                var calls = new ArrayList<Callable<Integer>>();
                calls.add(() -> takeRole(one, village, ada, bob));
                calls.add(() -> takeRole(other, village, bob, ada));
                calls.add(() -> leave(other, village, ada));
                calls.add(() -> leave(one, village, bob));
                for (var answer : threads.invokeAll(calls)) {
                    int status = answer.get();
                    assertTrue(List.of(200, 204, 403, 404, 409, 503).contains(status), String.valueOf(status));
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(0, count("select count(*) from invariant_community_without_admin"));
    }

    private static int takeRole(Packaged replica, Village village, Person by, Person from) {
        return replica.request()
                .contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + by.token())
                .body(Map.of("roles", List.of()))
                .put(village.path() + "/members/" + from.id() + "/roles")
                .statusCode();
    }

    private static int leave(Packaged replica, Village village, Person who) {
        return replica.request()
                .header("Authorization", "Bearer " + who.token())
                .delete(village.path() + "/members/" + who.id())
                .statusCode();
    }

    @Test
    void platform_admins_who_take_the_role_from_each_other_leave_one() throws Exception {
        var threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 10; round++) {
                try (var db = database.connect();
                        var statement = db.createStatement()) {
                    statement.executeUpdate("update users set platform_roles = '{}' where platform_roles <> '{}'");
                }
                Person ada = admin();
                Person bob = admin();
                for (var answer : threads.invokeAll(List.<Callable<Integer>>of(
                        () -> takePlatformRole(one, ada, bob), () -> takePlatformRole(other, bob, ada)))) {
                    int status = answer.get();
                    assertTrue(List.of(200, 401, 403, 409).contains(status), String.valueOf(status));
                }
                assertEquals(1, count("select count(*) from users where platform_roles <> '{}'"));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int takePlatformRole(Packaged replica, Person by, Person from) {
        return replica.request()
                .contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + by.token())
                .body(Map.of("roles", List.of()))
                .put("/api/v1/users/" + from.id() + "/platform-roles")
                .statusCode();
    }
}
