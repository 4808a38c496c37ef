package org.townsquare.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class CheckInPageTest {
    private static final String BUTTON = "<button type=\"submit\">Check in</button>";

    @Test
    void looking_at_the_page_checks_nobody_in() throws Exception {
        Gathering event = Gathering.of(
                Map.of("startTime", "2031-07-01T17:00:00Z", "timeZone", "Europe/Berlin", "place", "Town hall"));
        var page = browser()
                .get(path(event))
                .then()
                .statusCode(200)
                .contentType("text/html;charset=UTF-8")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "private, no-cache")
                .cookie("ts_d", notNullValue())
                .body(containsString("<html lang=\"en\" dir=\"ltr\">"))
                .body(containsString("Assembly"))
                .body(containsString("Oak"))
                .body(containsString("Town hall"))
                .body(containsString("Tuesday, 1 July 2031, 19:00 (Europe/Berlin)"))
                .body(containsString(BUTTON))
                .body(not(containsString("<script")))
                .extract();
        String html = page.asString();
        String style = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "default-src 'self'; style-src 'self' 'sha256-" + hash
                        + "'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
                page.header("Content-Security-Policy"));
        assertEquals(0, attendances(event));
    }

    @Test
    void the_address_ignores_case_as_the_qr_needs() {
        Gathering event = Gathering.open();
        for (String path : List.of(
                "/C/" + event.code(),
                "/c/" + event.code().toLowerCase(Locale.ROOT),
                "/C/" + event.code().substring(0, 4) + "-" + event.code().substring(4)))
            browser().get(path).then().statusCode(200).body(containsString(BUTTON));
        browser().head("/c/" + event.code()).then().statusCode(200).body(is(""));
        assertEquals(0, attendances(event));
    }

    @Test
    void the_button_checks_in_once() {
        Gathering event = Gathering.open();
        String device = browser().get(path(event)).cookie("ts_d");
        press(event, device)
                .then()
                .statusCode(201)
                .contentType("text/html;charset=UTF-8")
                .header("Set-Cookie", nullValue())
                .header("Content-Security-Policy", startsWith("default-src 'self'"))
                .body(containsString("role=\"status\""))
                .body(containsString("You are checked in"))
                .body(not(containsString(BUTTON)));
        press(event, device).then().statusCode(200).body(containsString("checked in already"));
        assertEquals(1, attendances(event));
        browser()
                .header("Sec-Fetch-Site", "same-origin")
                .post(path(event))
                .then()
                .statusCode(201)
                .cookie("ts_d", notNullValue());
        assertEquals(2, attendances(event));
    }

    @Test
    void what_people_write_is_kept_and_escaped() {
        String title = "اجتماع <b>الحي</b> & 👩‍🚀 \"'";
        Gathering event = Gathering.in(
                Village.of(Map.of("name", "<i>Oak</i>")), Map.of("title", title, "place", "<script>alert(1)</script>"));
        for (var page : List.of(browser().get(path(event)), press(event, "abcdefghijklmnopqrstuv")))
            page.then()
                    .body(containsString("اجتماع &lt;b&gt;الحي&lt;/b&gt; &amp; 👩‍🚀 &quot;&#39;"))
                    .body(not(containsString("<b>")))
                    .body(not(containsString("<i>")))
                    .body(not(containsString("<script")));
        browser().get(path(event)).then().body(containsString("&lt;i&gt;Oak"));
    }

    @Test
    void a_refusal_is_said_in_words() {
        Gathering scheduled =
                Gathering.of(Map.of("opensAt", Instant.now().plusSeconds(3600).toString()));
        refused(scheduled, 409, "Check-in is not open yet: it opens on ");
        Gathering closed = Gathering.of(Map.of("closesAt", "2026-01-01T00:00:00Z"));
        refused(closed, 409, "Check-in is closed. Ask the organisers");
        Gathering cancelled = Gathering.open();
        cancelled.act("cancellation", Map.of("reason", "Bob is ill"));
        refused(cancelled, 410, "This event was cancelled");
        Gathering full = Gathering.of(Map.of("capacity", 1));
        full.checkInAnonymously().statusCode(201);
        press(full, "abcdefghijklmnopqrstuv")
                .then()
                .statusCode(409)
                .body(containsString("role=\"alert\""))
                .body(containsString("Every place is taken"));
    }

    private static void refused(Gathering event, int status, String words) {
        browser()
                .get(path(event))
                .then()
                .statusCode(200)
                .body(containsString(words))
                .body(not(containsString(BUTTON)))
                .body(not(containsString("Bob is ill")));
        press(event, "abcdefghijklmnopqrstuv")
                .then()
                .statusCode(status)
                .contentType("text/html;charset=UTF-8")
                .body(containsString("role=\"alert\""))
                .body(containsString(words));
    }

    @Test
    void who_has_to_sign_in_is_led_there_and_back() {
        Gathering event = Gathering.of(Map.of("admission", "SIGNED_IN"));
        String link = "<a href=\"/sign-in?next=/c/" + event.code() + "\">";
        browser().get(path(event)).then().statusCode(200).body(containsString(link));
        press(event, "abcdefghijklmnopqrstuv")
                .then()
                .statusCode(401)
                .header("Location", nullValue())
                .body(containsString("Sign in, then try again"))
                .body(containsString(link));
        assertEquals(0, attendances(event));
    }

    @Test
    void that_a_code_may_be_for_members_alone_is_told_to_everybody_alike() {
        Gathering event = Gathering.in(Village.hidden(), Map.of("admission", "MEMBERS"));
        for (String code : List.of(event.code(), "00000000"))
            for (var page : List.of(
                    browser().get("/c/" + code),
                    browser().header("Sec-Fetch-Site", "same-origin").post("/c/" + code)))
                page.then()
                        .statusCode(404)
                        .body(containsString("Where only members may come, sign in first"))
                        .body(containsString("<a href=\"/sign-in?next=/c/" + code + "\">"))
                        .body(not(containsString("Assembly")));
        String cookie = Visitor.of(event.host()).session();
        browser().cookie("townsquare", cookie).get(path(event)).then().statusCode(200);
        browser()
                .cookie("townsquare", cookie)
                .get("/c/00000000")
                .then()
                .statusCode(404)
                .body(not(containsString("/sign-in")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "hello", "%F0%9F%91%A9", "%00", "7K3M9QXR%0d%0aX: y"})
    void an_unknown_code_is_a_page_too(String code) {
        for (var answer : List.of(
                browser().urlEncodingEnabled(false).get("/c/" + code.replace(" ", "%20")),
                browser()
                        .urlEncodingEnabled(false)
                        .header("Sec-Fetch-Site", "same-origin")
                        .post("/c/" + code.replace(" ", "%20"))))
            answer.then()
                    .statusCode(404)
                    .contentType("text/html;charset=UTF-8")
                    .body(containsString("No event has this code"))
                    .body(containsString("role=\"alert\""));
    }

    @ParameterizedTest
    @CsvSource({
        "same-origin,,201",
        "same-origin,https://evil.example,201",
        "cross-site,,403",
        "same-site,,403",
        "none,,403",
        "cross-site,http://localhost:8081,403",
        ",http://localhost:8081,201",
        ",http://localhost:8081.evil.example,403",
        ",https://localhost:8081,403",
        ",null,403",
        ",,403"
    })
    void writes_come_from_our_own_pages(String site, String origin, int status) {
        Gathering event = Gathering.open();
        var request = browser();
        if (site != null) request.header("Sec-Fetch-Site", site);
        if (origin != null) request.header("Origin", origin);
        var answer = request.post(path(event)).then().statusCode(status).contentType("text/html;charset=UTF-8");
        if (status == 403) answer.body(containsString("another site"));
        assertEquals(status == 201 ? 1 : 0, attendances(event));
    }

    @Test
    void who_guesses_codes_is_stopped() {
        Gathering event = Gathering.open();
        Person eve = Person.named("Eve");
        for (int i = 0; i < 30; i++)
            eve.sends().get(String.format("/c/ZZZZ%04d", i)).then().statusCode(404);
        for (String path : List.of("/c/ZZZZ9999", path(event))) {
            eve.sends()
                    .get(path)
                    .then()
                    .statusCode(429)
                    .header("Retry-After", matchesPattern("[1-9][0-9]*"))
                    .body(containsString("tried too often"));
            browser()
                    .header("Authorization", "Bearer " + eve.token())
                    .header("Sec-Fetch-Site", "same-origin")
                    .post(path)
                    .then()
                    .statusCode(429)
                    .header("Retry-After", matchesPattern("[1-9][0-9]*"))
                    .body(not(containsString("Assembly")));
        }
        browser().get(path(event)).then().statusCode(200);
    }

    @Test
    void the_page_is_small() {
        int size = browser().get(path(Gathering.open())).asByteArray().length;
        assertTrue(size < 14_000, "bytes: " + size);
    }

    private static RequestSpecification browser() {
        return given().header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    }

    private static io.restassured.response.Response press(Gathering event, String device) {
        return browser()
                .header("Sec-Fetch-Site", "same-origin")
                .contentType("application/x-www-form-urlencoded")
                .cookie("ts_d", device)
                .post(path(event));
    }

    private static String path(Gathering event) {
        return "/c/" + event.code();
    }

    private static long attendances(Gathering event) {
        return Rows.count("select count(*) from attendance where event_id = ?::uuid", event.id());
    }
}
