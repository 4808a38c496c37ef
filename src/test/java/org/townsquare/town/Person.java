package org.townsquare.town;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Somebody with an account and a session. */
public record Person(String id, String name, String email, String token) {
    public static final String PASSWORD = "correct horse battery";
    private static final AtomicLong NEXT = new AtomicLong(System.nanoTime());

    /** A text that no other test uses: 12 or more of a-z and 0-9. */
    public static String unique() {
        return Long.toString(NEXT.incrementAndGet(), 36);
    }

    public static Person named(String name) {
        String email = unique() + "@example.org";
        var answer = given().contentType(ContentType.JSON)
                .body(Map.of("name", name, "email", email, "password", PASSWORD))
                .post("/api/v1/sign-ups")
                .then()
                .statusCode(201)
                .extract();
        return new Person(answer.path("user.id"), name, email, answer.path("token"));
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
