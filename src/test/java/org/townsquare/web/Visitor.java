package org.townsquare.web;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.townsquare.town.Person;

/**
 * Somebody with a browser, as far as a browser is what it sends.
 *
 * @param session the value of the cookie; empty before signing in
 */
record Visitor(String session) {
    static final Visitor NOBODY = new Visitor("");

    static Visitor of(Person person) {
        return new Visitor(signIn(person.email(), Person.PASSWORD, null)
                .then()
                .statusCode(303)
                .extract()
                .cookie("townsquare"));
    }

    static Response signIn(String email, String password, @Nullable String next) {
        var form = NOBODY.writes().formParam("email", email).formParam("password", password);
        if (next != null) form.formParam("next", next);
        return form.post("/sign-in");
    }

    RequestSpecification looks() {
        var request = given().redirects().follow(false).header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        return session.isEmpty() ? request : request.cookie("townsquare", session);
    }

    /** From one of our own pages. */
    RequestSpecification writes() {
        return looks().header("Sec-Fetch-Site", "same-origin").contentType("application/x-www-form-urlencoded");
    }

    Response sends(String path, Map<String, ?> form) {
        return writes().formParams(form).post(path);
    }
}
