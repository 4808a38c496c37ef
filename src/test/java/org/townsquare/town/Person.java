package org.townsquare.town;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.townsquare.platform.Ids;

/** Somebody with an account and a session. */
public record Person(String id, String name, String email, String token) {
    public static final String PASSWORD = "correct horse battery";

    /** Of this password, with the parameters of today. */
    private static final String HASH =
            "$argon2id$v=19$m=19456,t=2,p=1$dGVzdHMgb2YgdGhlIHRvdw$X10RWb6tTGp2ankvHbNgHTJf79Tjtmx1eKb+EN/wmpo";

    private static final AtomicLong NEXT = new AtomicLong(System.nanoTime());

    /** A text that no other test uses: 12 or more of a-z and 0-9. */
    public static String unique() {
        return Long.toString(NEXT.incrementAndGet(), 36);
    }

    public static Person named(String name) {
        return named(name, unique() + "@example.org");
    }

    /** The same with this e-mail. */
    public static Person named(String name, String email) {
        var answer = given().contentType(ContentType.JSON)
                .body(Map.of("name", name, "email", email, "password", PASSWORD))
                .post("/api/v1/sign-ups")
                .then()
                .statusCode(201)
                .extract();
        return new Person(answer.path("user.id"), name, email, answer.path("token"));
    }

    /** Somebody as {@link #named} makes them, but beside the service, which hashes nothing for it: for tests that need many. */
    public static Person quickly(String name) {
        return quickly(Database::update, name);
    }

    static Person quickly(Stage.Writes database, String name) {
        var person = new Person(Ids.next().toString(), name, unique() + "@example.org", "tss_" + unique() + unique());
        database.update("""
                insert into users (id, version, created_at, updated_at, name, email, status)
                values (?::uuid, 0, now(), now(), ?, ?, 'ACTIVE')""", person.id, name, person.email);
        database.update("""
                insert into session (id, version, created_at, updated_at, user_id, token_hash, expires_at)
                values (gen_random_uuid(), 0, now(), now(), ?::uuid, sha256(convert_to(?, 'UTF8')), now() + interval '1 day')""", person.id, person.token);
        database.update("""
                insert into account (id, version, created_at, updated_at, user_id, provider, subject, password_hash)
                values (gen_random_uuid(), 0, now(), now(), ?::uuid, 'PASSWORD', ?, ?)""", person.id, person.id, HASH);
        return person;
    }

    /** Somebody who runs the installation. */
    public static Person root() {
        Person root = named("Root");
        Database.update("update users set platform_roles = '{PLATFORM_ADMIN}' where id = ?::uuid", root.id());
        return root;
    }

    /** The same, with an e-mail that counts as confirmed. */
    public Person confirmed() {
        Database.update("update users set email_verified_at = clock_timestamp() where id = ?::uuid", id);
        return this;
    }

    /** The same person in a new session. */
    public Person again() {
        String fresh = nobody().body(Map.of("email", email, "password", PASSWORD))
                .post("/api/v1/sessions")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        return new Person(id, name, email, fresh);
    }

    /** The same person by another credential. */
    public Person by(String credential) {
        return new Person(id, name, email, credential);
    }

    /** A request of this person. */
    public RequestSpecification sends() {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + token);
    }

    public RequestSpecification sends(Object body) {
        return sends().body(body);
    }

    /** A request of nobody in particular. */
    public static RequestSpecification nobody() {
        return given().contentType(ContentType.JSON);
    }
}
