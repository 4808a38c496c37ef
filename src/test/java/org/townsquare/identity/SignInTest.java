package org.townsquare.identity;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Person;

@QuarkusTest
@QuarkusTestResource(Database.class)
class SignInTest {
    static ValidatableResponse signIn(String email, String password) {
        return Person.nobody()
                .body(Map.of("email", email, "password", password))
                .post("/api/v1/sessions")
                .then();
    }

    @Test
    void a_person_signs_up_signs_in_and_signs_out() {
        Person ada = Person.named("Ada 👩‍🚀 آدا");
        ada.sends()
                .get("/api/v1/me")
                .then()
                .statusCode(200)
                .body("id", is(ada.id()))
                .body("name", is("Ada 👩‍🚀 آدا"))
                .body("email", is(ada.email()));
        String second = signIn(ada.email(), Person.PASSWORD)
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("user.id", is(ada.id()))
                .body("expiresAt", notNullValue())
                .body("token", matchesPattern("tss_[A-Za-z0-9_-]{43}"))
                .body("token", not(equalTo(ada.token())))
                .extract()
                .path("token");
        ada.sends().delete("/api/v1/me/session").then().statusCode(204);
        ada.sends()
                .get("/api/v1/me")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .body("code", is("credentials-invalid"));
        Person.nobody()
                .header("Authorization", "Bearer " + second)
                .get("/api/v1/me")
                .then()
                .statusCode(200);
    }

    @Test
    void an_e_mail_is_taken_without_regard_to_case() {
        Person ada = Person.named("Ada");
        Person.nobody()
                .body(Map.of("name", "Eve", "email", ada.email().toUpperCase(Locale.ROOT), "password", Person.PASSWORD))
                .post("/api/v1/sign-ups")
                .then()
                .statusCode(409)
                .body("code", is("email-taken"));
        signIn(ada.email().toUpperCase(Locale.ROOT), Person.PASSWORD).statusCode(201);
    }

    @Test
    void an_e_mail_whose_case_languages_see_differently_signs_in_as_it_signed_up() {
        for (String letters : new String[] {"\u0130rem", "\u039f\u0394\u039f\u03a3"}) {
            String email = letters + "-" + Person.unique() + "@example.org";
            Person.nobody()
                    .body(Map.of("name", "Irem", "email", email, "password", Person.PASSWORD))
                    .post("/api/v1/sign-ups")
                    .then()
                    .statusCode(201);
            signIn(email, Person.PASSWORD).statusCode(201);
        }
    }

    @Test
    void a_wrong_password_and_an_unknown_e_mail_get_the_same_answer() {
        Person ada = Person.named("Ada");
        var wrong = signIn(ada.email(), "not the password").statusCode(401).extract();
        var unknown = signIn("nobody-" + Person.unique() + "@example.org", "not the password")
                .statusCode(401)
                .extract();
        assertEquals(wrong.path("code"), (String) unknown.path("code"));
        assertEquals(wrong.path("detail"), (String) unknown.path("detail"));
    }

    @Test
    void a_password_counts_by_its_characters_and_not_by_how_they_are_composed() {
        String email = Person.unique() + "@example.org";
        Person.nobody()
                .body(Map.of("name", "Zoë", "email", email, "password", "caf\u00e9-au-lait"))
                .post("/api/v1/sign-ups")
                .then()
                .statusCode(201);
        signIn(email, "cafe\u0301-au-lait").statusCode(201);
        signIn(email, "cafe-au-lait").statusCode(401);
    }

    @Test
    void the_token_is_stored_as_its_hash_and_the_password_as_argon2id() throws Exception {
        Person ada = Person.named("Ada");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(ada.token().getBytes(StandardCharsets.UTF_8));
        try (var db = Database.connect();
                var sql = db.prepareStatement(
                        "select s.token_hash, a.password_hash from session s join account a on a.user_id = s.user_id where s.user_id = ?::uuid")) {
            sql.setString(1, ada.id());
            var rows = sql.executeQuery();
            assertTrue(rows.next());
            org.junit.jupiter.api.Assertions.assertArrayEquals(hash, rows.getBytes(1));
            assertTrue(rows.getString(2).startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), rows.getString(2));
        }
    }

    @Test
    void an_expired_session_is_no_session() throws Exception {
        Person ada = Person.named("Ada");
        try (var db = Database.connect();
                var sql = db.prepareStatement(
                        "update session set expires_at = clock_timestamp() where user_id = ?::uuid")) {
            sql.setString(1, ada.id());
            assertEquals(1, sql.executeUpdate());
        }
        ada.sends().get("/api/v1/me").then().statusCode(401);
    }

    @Test
    void a_disabled_user_neither_signs_in_nor_goes_on() throws Exception {
        Person ada = Person.named("Ada");
        try (var db = Database.connect();
                var sql = db.prepareStatement("update users set status = 'DISABLED' where id = ?::uuid")) {
            sql.setString(1, ada.id());
            assertEquals(1, sql.executeUpdate());
        }
        ada.sends().get("/api/v1/me").then().statusCode(401);
        signIn(ada.email(), Person.PASSWORD).statusCode(401).body("code", is("credentials-invalid"));
    }

    @Test
    void sixteen_sign_ups_with_one_e_mail_make_one_account() throws Exception {
        String email = Person.unique() + "@example.org";
        var calls = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 16; i++)
            calls.add(() -> Person.nobody()
                    .body(Map.of("name", "Ada", "email", email, "password", Person.PASSWORD))
                    .post("/api/v1/sign-ups")
                    .statusCode());
        var threads = Executors.newFixedThreadPool(16);
        var statuses = new ArrayList<Integer>();
        for (var call : threads.invokeAll(calls)) statuses.add(call.get());
        threads.shutdown();
        assertEquals(1, statuses.stream().filter(status -> status == 201).count(), statuses.toString());
        assertEquals(15, statuses.stream().filter(status -> status == 409).count(), statuses.toString());
    }

    @Test
    void what_is_wrong_with_a_sign_up_is_said_by_field() {
        Person.nobody()
                .body(Map.of("name", " ", "email", "no e-mail", "password", "short"))
                .post("/api/v1/sign-ups")
                .then()
                .statusCode(422)
                .body("code", is("invalid"))
                .body("violations.field", hasItem("name"))
                .body("violations.field", hasItem("email"))
                .body("violations.field", hasItem("password"));
    }

    @Test
    void credentials_that_are_wrong_are_refused_also_where_none_are_needed() {
        Person.nobody()
                .header("Authorization", "Bearer tss_wrong")
                .get("/api/v1/communities/0198f6a0-0000-7000-8000-000000000000")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("code", is("credentials-invalid"));
        Person.nobody()
                .header("Authorization", "Basic YTpi")
                .get("/api/v1/me")
                .then()
                .statusCode(401)
                .body("code", is("credentials-invalid"));
    }
}
