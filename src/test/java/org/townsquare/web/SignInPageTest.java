package org.townsquare.web;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.townsquare.platform.Cookies;
import org.townsquare.platform.PublicUrl;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;

@QuarkusTest
@QuarkusTestResource(Database.class)
class SignInPageTest {
    @Test
    void the_form_gives_a_session_that_no_script_reads() {
        Person ada = Person.named("Ada");
        var answer = Visitor.signIn(ada.email(), Person.PASSWORD, "/c/7K3M9QXR")
                .then()
                .statusCode(303);
        answer.header("Location", is("/c/7K3M9QXR")).header("Cache-Control", "no-store");
        String cookie = answer.extract().header("Set-Cookie");
        assertTrue(cookie.startsWith("townsquare=tss_"), cookie.replaceAll("tss_.*?;", ";"));
        assertTrue(cookie.endsWith("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"), "attributes");
        var visitor = new Visitor(answer.extract().cookie("townsquare"));
        visitor.looks().get("/api/v1/me").then().statusCode(200).body("name", is("Ada"));
        visitor.looks().get("/sign-in").then().statusCode(200).body(containsString("You are signed in"));
    }

    @Test
    void over_https_it_is_bound_to_the_host() {
        var cookie = new Cookies(new PublicUrl("https://town.example"));
        assertEquals(
                "__Host-townsquare=x; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure",
                cookie.setting("townsquare", "x", java.time.Duration.ofDays(30)));
    }

    @Test
    void a_wrong_password_is_said_in_words_and_opens_nothing() {
        Person ada = Person.named("Ada");
        for (String email : List.of(ada.email(), Person.unique() + "@example.org"))
            Visitor.signIn(email, "wrong horse battery", null)
                    .then()
                    .statusCode(401)
                    .contentType("text/html;charset=UTF-8")
                    .header("Set-Cookie", nullValue())
                    .body(containsString("role=\"alert\""))
                    .body(containsString("The e-mail or the password is wrong"))
                    .body(containsString("value=\"" + email + "\""))
                    .body(not(containsString("wrong horse")));
        Visitor.signIn("x".repeat(300), "", null).then().statusCode(422).body(containsString("aria-invalid=\"true\""));
        Visitor.signIn("a\u0000b", "c", null).then().statusCode(400);
    }

    @Test
    void who_tries_too_often_waits() {
        Person ada = Person.named("Ada");
        for (int i = 0; i < 5; i++)
            Visitor.signIn(ada.email(), "wrong horse battery", null).then().statusCode(401);
        Visitor.signIn(ada.email(), "wrong horse battery", null)
                .then()
                .statusCode(429)
                .header("Retry-After", matchesPattern("[1-9][0-9]*"))
                .body(containsString("You tried too often"));
    }

    @ParameterizedTest
    @CsvSource({
        "//evil.example,/organise",
        "https://evil.example/,/organise",
        "/\\evil.example,/organise",
        "/events/x/display,/events/x/display",
        ",/organise"
    })
    void it_leads_to_our_own_pages_alone(String next, String where) {
        Person ada = Person.quickly("Ada");
        Visitor.signIn(ada.email(), Person.PASSWORD, next)
                .then()
                .statusCode(303)
                .header("Location", is(where));
        String page = Visitor.NOBODY
                .looks()
                .queryParam("next", next == null ? "" : next)
                .get("/sign-in")
                .asString();
        assertTrue(page.contains("name=\"next\" value=\"" + where + "\""), page);
    }

    @Test
    void signing_out_ends_the_session_and_takes_the_cookie_back() {
        Person ada = Person.quickly("Ada");
        Visitor visitor = Visitor.of(ada);
        var answer = visitor.writes().post("/sign-out").then().statusCode(303);
        answer.header("Location", is("/sign-in"))
                .header("Set-Cookie", containsString("townsquare=; Path=/; Max-Age=0"));
        visitor.looks().get("/api/v1/me").then().statusCode(401);
        // a page is opened as nobody then
        visitor.looks().get("/organise").then().statusCode(303).header("Location", is("/sign-in?next=%2Forganise"));
        visitor.looks().get("/sign-in").then().statusCode(200).body(not(containsString("You are signed in")));
        visitor.writes().post("/sign-out").then().statusCode(303);
        assertEquals(1, signedOut(ada));
    }

    @Test
    void a_new_session_takes_the_place_of_the_old_one() {
        Person ada = Person.quickly("Ada");
        Visitor first = Visitor.of(ada);
        String second = first.writes()
                .formParam("email", ada.email())
                .formParam("password", Person.PASSWORD)
                .post("/sign-in")
                .then()
                .statusCode(303)
                .extract()
                .cookie("townsquare");
        assertFalse(second.equals(first.session()), "the same token");
        first.looks().get("/api/v1/me").then().statusCode(401);
        new Visitor(second).looks().get("/api/v1/me").then().statusCode(200);
        assertEquals(1, signedOut(ada));
    }

    private static long signedOut(Person person) {
        return Rows.count(
                "select count(*) from journal_entry where kind = 'SignedOut' and actor_id = ?::uuid", person.id());
    }

    @ParameterizedTest
    @CsvSource({
        "cross-site,,403",
        "same-site,,403",
        "none,,403",
        ",,403",
        ",null,403",
        ",https://evil.example,403",
        ",http://localhost:8081.evil.example,403",
        "cross-site,http://localhost:8081,403",
        "same-origin,,200",
        ",http://localhost:8081,200"
    })
    void a_write_by_the_cookie_comes_from_our_own_pages(String site, String origin, int status) {
        Person ada = Person.quickly("Ada");
        Visitor visitor = Visitor.of(ada);
        Gathering event = Gathering.open();
        var write = visitor.looks().contentType("application/json").body(Map.of("bio", "B"));
        if (site != null) write.header("Sec-Fetch-Site", site);
        if (origin != null) write.header("Origin", origin);
        var answer = write.header("If-Match", "*").patch("/api/v1/me").then().statusCode(status);
        if (status == 403) answer.contentType("application/problem+json").body("code", is("cross-site"));
        assertEquals(
                status == 403 ? 0 : 1,
                Rows.count("select count(*) from users where id = ?::uuid and bio = 'B'", ada.id()));
        assertTrue(event.id().length() > 0);
    }

    @Test
    void who_says_by_a_header_who_they_are_is_not_asked_where_they_come_from() {
        Person ada = Person.quickly("Ada");
        Person eve = Person.quickly("Eve");
        eve.sends(Map.of("bio", "Mine"))
                .cookie("townsquare", ada.token())
                .header("Sec-Fetch-Site", "cross-site")
                .header("If-Match", "*")
                .patch("/api/v1/me")
                .then()
                .statusCode(200)
                .body("name", is("Eve"));
        Person.nobody()
                .cookie("townsquare", ada.token())
                .header("Authorization", "Bearer nonsense")
                .get("/api/v1/me")
                .then()
                .statusCode(401);
    }

    @Test
    void a_key_in_the_cookie_signs_nobody_in() {
        Person ada = Person.quickly("Ada");
        for (String value : List.of("tsk_" + "a".repeat(43), "nonsense", "", ada.token() + "x")) {
            Person.nobody().cookie("townsquare", value).get("/api/v1/me").then().statusCode(401);
            new Visitor(value).looks().get("/organise").then().statusCode(303);
        }
    }
}
