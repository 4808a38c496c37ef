package org.townsquare;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Person;

/** The first walk of docs/api.md, word for word. docs/walk.sh is the same one with curl: keep both in step. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class WalkTest {
    private static final String UUID_V7 = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    private static final String INSTANT = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?Z";
    private static final String DIGEST = "[A-Za-z0-9_-]{43}";

    @ConfigProperty(name = "townsquare.public-url")
    String publicUrl;

    private final String mark = Person.unique();
    private Person ada;
    private Person cem;
    private Person bea;
    private String community;

    @Test
    void from_sign_up_to_a_counted_vote_and_a_scanned_check_in() throws Exception {
        accounts_and_sessions();
        a_community_its_members_and_their_roles();
        a_proposal_its_review_the_vote();
        an_event_and_its_check_in();
        what_happened();
    }

    private void accounts_and_sessions() {
        ada = signUp("Ada");
        cem = signUp("Cem");
        bea = signUp("Bea");
        var second = Person.nobody()
                .body(Map.of("email", ada.email().toUpperCase(java.util.Locale.ROOT), "password", Person.PASSWORD))
                .post("/api/v1/sessions")
                .then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("user.id", is(ada.id()))
                .body("token", allOf(startsWith("tss_"), not(is(ada.token()))))
                .body("expiresAt", matchesPattern(INSTANT))
                .extract();
        Person there = new Person(ada.id(), "Ada", ada.email(), second.path("token"));
        there.sends()
                .get("/api/v1/me")
                .then()
                .statusCode(200)
                .body("id", is(ada.id()))
                .body("name", is("Ada"))
                .body("email", is(ada.email()))
                .body("createdAt", matchesPattern(INSTANT))
                .body("memberships", is(List.of()));
        there.sends().delete("/api/v1/me/session").then().statusCode(204).body(is(""));
        there.sends()
                .get("/api/v1/me")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .contentType("application/problem+json")
                .body("code", is("credentials-invalid"));
        ada.sends().get("/api/v1/me").then().statusCode(200);
    }

    private Person signUp(String name) {
        String email = name.toLowerCase(java.util.Locale.ROOT) + "-" + mark + "@example.org";
        var made = Person.nobody()
                .body(Map.of("name", name, "email", email, "password", Person.PASSWORD))
                .post("/api/v1/sign-ups")
                .then()
                .statusCode(201)
                .header("Location", endsWith("/api/v1/me"))
                .header("Cache-Control", "no-store")
                .body("user.id", matchesPattern(UUID_V7))
                .body("user.name", is(name))
                .body("user.email", is(email))
                .body("token", matchesPattern("tss_" + DIGEST))
                .body("expiresAt", matchesPattern(INSTANT))
                .extract();
        return new Person(made.path("user.id"), name, email, made.path("token"));
    }

    private void a_community_its_members_and_their_roles() {
        community = ada.sends(Map.of("name", "Walkers", "slug", "walkers-" + mark))
                .post("/api/v1/communities")
                .then()
                .statusCode(201)
                .header("Location", containsString("/api/v1/communities/"))
                .body("id", matchesPattern(UUID_V7))
                .body("slug", is("walkers-" + mark))
                .body("name", is("Walkers"))
                .body("visibility", is("PUBLIC"))
                .body("joinPolicy", is("OPEN"))
                .body("metadata", is(Map.of()))
                .extract()
                .path("id");
        for (Person person : List.of(cem, bea)) join(person, 201);
        join(bea, 200);
        ada.sends(Map.of("roles", List.of("CITIZEN", "COUNCIL", "ORGANIZER")))
                .put("/api/v1/communities/" + community + "/members/" + cem.id() + "/roles")
                .then()
                .statusCode(200)
                .body("userId", is(cem.id()))
                .body("roles", containsInAnyOrder("CITIZEN", "COUNCIL", "ORGANIZER"));
        bea.sends()
                .get("/api/v1/communities/" + community + "/members")
                .then()
                .statusCode(200)
                .body("items.userId", containsInAnyOrder(ada.id(), cem.id(), bea.id()))
                .body("items.find { it.userId == '" + ada.id() + "' }.roles", hasItem("ADMIN"))
                .body("items.status", everyItem(is("ACTIVE")))
                .body("next", nullValue());
    }

    private void join(Person person, int status) {
        person.sends("{}")
                .post("/api/v1/communities/" + community + "/members")
                .then()
                .statusCode(status)
                .body("userId", is(person.id()))
                .body("name", is(person.name()))
                .body("status", is("ACTIVE"))
                .body("roles", contains("CITIZEN"));
    }

    private void a_proposal_its_review_the_vote() throws Exception {
        var drafted = bea.sends(Map.of("title", "A bench", "description", "By the river."))
                .post("/api/v1/communities/" + community + "/proposals")
                .then()
                .statusCode(201)
                .body("id", matchesPattern(UUID_V7))
                .body("communityId", is(community))
                .body("status", is("DRAFT"))
                .body("author.id", is(bea.id()))
                .body("author.name", is("Bea"))
                .extract();
        String proposal = "/api/v1/proposals/" + drafted.path("id");
        assertTrue(drafted.header("Location").endsWith(proposal), drafted.header("Location"));
        assertEquals("\"0\"", drafted.header("ETag"));
        cem.sends().get(proposal).then().statusCode(404).body("code", is("not-found"));

        bea.sends(Map.of("description", "By the river, with a view."))
                .header("If-Match", "\"0\"")
                .patch(proposal)
                .then()
                .statusCode(200)
                .body("title", is("A bench"))
                .body("description", is("By the river, with a view."));
        bea.sends(Map.of("description", "Too late."))
                .header("If-Match", "\"0\"")
                .patch(proposal)
                .then()
                .statusCode(412)
                .body("code", is("stale"));
        bea.sends("{}")
                .post(proposal + "/submission")
                .then()
                .statusCode(200)
                .body("status", is("UNDER_REVIEW"))
                .body("submittedAt", matchesPattern(INSTANT));
        Instant closesAt = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusSeconds(4);
        cem.sends(Map.of("decision", "APPROVE", "note", "", "closesAt", closesAt.toString()))
                .post(proposal + "/review")
                .then()
                .statusCode(200)
                .body("status", is("VOTING"))
                .body("reviewedBy", is(cem.id()))
                .body("electors", is(3))
                .body("rule.name", is("simple-majority"))
                .body("ruleHash", matchesPattern(DIGEST));

        vote(ada, proposal, "YES", 201);
        String no = vote(bea, proposal, "NO", 201).path("receipt");
        var yes = vote(bea, proposal, "YES", 200);
        assertTrue(!yes.path("receipt").equals(no), "another choice has another receipt");
        assertEquals(
                yes.<String>path("receipt"), vote(bea, proposal, "YES", 200).<String>path("receipt"));
        Eventually.holds(Duration.ofSeconds(2), "the tally follows", () -> {
            var shown = bea.sends().get(proposal).then().statusCode(200).extract();
            return Integer.valueOf(2).equals(shown.path("tally.yes")) && "YES".equals(shown.path("myVote.choice"));
        });
        Person.nobody()
                .get("/api/v1/communities/" + community + "/proposals?status=VOTING&limit=20")
                .then()
                .statusCode(200)
                .body("items.size()", is(1))
                .body("items[0].id", is(drafted.<String>path("id")))
                .body("items[0].title", is("A bench"))
                .body("items[0].status", is("VOTING"))
                .body("items[0].author.id", is(bea.id()))
                .body("items[0].author.name", is("Bea"))
                .body("items[0].tally.electors", is(3))
                .body("next", nullValue());

        Eventually.holds(Duration.ofSeconds(15), "the clock closes the vote", () -> {
            String status = bea.sends().get(proposal).path("status");
            return !status.equals("VOTING");
        });
        assertTrue(!Instant.now().isBefore(closesAt), "not before its time");
        bea.sends()
                .get(proposal)
                .then()
                .statusCode(200)
                .body("status", is("PASSED"))
                .body("outcome", is("PASSED"))
                .body("outcomeReason", is("THRESHOLD_MET"))
                .body("votingClosedAt", matchesPattern(INSTANT))
                .body("closedBy", nullValue())
                .body("tally.yes", is(2))
                .body("tally.no", is(0))
                .body("tally.abstain", is(0))
                .body("tally.voters", is(2))
                .body("tally.electors", is(3))
                .body("tally.final", is(true))
                .body("myVote.choice", is("YES"))
                .body("explanation.reason", is("THRESHOLD_MET"))
                .body("explanation.predicates.holds", everyItem(is(true)));
        cem.sends(Map.of("choice", "NO"))
                .put(proposal + "/vote")
                .then()
                .statusCode(409)
                .body("code", is("voting-closed"));
    }

    private static ExtractableResponse<Response> vote(Person voter, String proposal, String choice, int status) {
        return voter.sends(Map.of("choice", choice))
                .put(proposal + "/vote")
                .then()
                .statusCode(status)
                .body("choice", is(choice))
                .body("castAt", matchesPattern(INSTANT))
                .body("receipt", matchesPattern(DIGEST))
                .extract();
    }

    private void an_event_and_its_check_in() throws Exception {
        String group = cem.sends(Map.of("name", "Evenings"))
                .post("/api/v1/communities/" + community + "/event-groups")
                .then()
                .statusCode(201)
                .body("id", matchesPattern(UUID_V7))
                .body("name", is("Evenings"))
                .extract()
                .path("id");
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var made = cem.sends(Map.of("title", "Planting day", "startTime", start.toString(), "durationMinutes", 90))
                .post("/api/v1/event-groups/" + group + "/events")
                .then()
                .statusCode(201)
                .body("id", matchesPattern(UUID_V7))
                .body("groupId", is(group))
                .body("codeText", matchesPattern("[0-9A-HJKMNP-TV-Z]{8}"))
                .body("state", is("OPEN"))
                .body("startTime", is(start.toString()))
                .body("endTime", is(start.plus(Duration.ofMinutes(90)).toString()))
                .extract();
        String event = "/api/v1/events/" + made.path("id");
        String code = made.path("codeText");
        assertEquals(publicUrl + "/c/" + code, made.<String>path("checkInUrl"));
        bea.sends().get(event).then().statusCode(200).body("codeText", nullValue());

        qr(event, made.path("codeQr"));
        String device = anonymously(code, made.path("id"));
        signedIn(code);
        page(code, device);

        cem.sends("{}")
                .post(event + "/closure")
                .then()
                .statusCode(200)
                .body("state", is("CLOSED"))
                .body("phase", is("CLOSED"));
        checkIn(code).then().statusCode(409).body("code", is("check-in-closed"));
        cem.sends()
                .get(event + "/attendances?limit=50")
                .then()
                .statusCode(200)
                .body("items.kind", contains("ANONYMOUS", "REGISTERED", "ANONYMOUS"))
                .body("items[0].participant", nullValue())
                .body("items[1].participant.id", is(bea.id()))
                .body("items[1].participant.name", is("Bea"))
                .body("items.checkedInAt", everyItem(matchesPattern(INSTANT)))
                .body("items.receipt", everyItem(matchesPattern(DIGEST)))
                .body("next", nullValue());
    }

    private void qr(String event, String text) throws Exception {
        cem.sends()
                .get(event + "/qr.svg")
                .then()
                .statusCode(200)
                .contentType("image/svg+xml")
                .body(containsString("<svg"));
        byte[] png = cem.sends()
                .get(event + "/qr.png")
                .then()
                .statusCode(200)
                .contentType("image/png")
                .extract()
                .asByteArray();
        var picture = ImageIO.read(new ByteArrayInputStream(png));
        var bitmap = new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(picture)));
        assertEquals(text, new QRCodeReader().decode(bitmap).getText());
        assertTrue(text.equalsIgnoreCase(publicUrl + "/c/" + text.substring(text.length() - 8)), text);
    }

    private static Response checkIn(String code) {
        return Person.nobody().body(Map.of("code", code)).post("/api/v1/check-ins");
    }

    /** The cookie of the device. */
    private static String anonymously(String code, String event) {
        var first = checkIn(code)
                .then()
                .statusCode(201)
                .body("id", matchesPattern(UUID_V7))
                .body("eventId", is(event))
                .body("result", is("CHECKED_IN"))
                .body("kind", is("ANONYMOUS"))
                .body("checkedInAt", matchesPattern(INSTANT))
                .body("receipt", matchesPattern(DIGEST))
                .body("event.title", is("Planting day"))
                .extract();
        String cookie = first.header("Set-Cookie");
        assertTrue(cookie != null && cookie.contains("HttpOnly"), "a device without a cookie is given one");
        String device = cookie.substring(0, cookie.indexOf(';'));
        Person.nobody()
                .header("Cookie", device)
                .body(Map.of("code", code))
                .post("/api/v1/check-ins")
                .then()
                .statusCode(200)
                .body("result", is("ALREADY_CHECKED_IN"))
                .body("id", is(first.<String>path("id")))
                .body("checkedInAt", is(first.<String>path("checkedInAt")));
        return device;
    }

    private void signedIn(String code) {
        var first = bea.sends(Map.of("code", code.substring(0, 4) + "-" + code.substring(4)))
                .post("/api/v1/check-ins")
                .then()
                .statusCode(201)
                .body("result", is("CHECKED_IN"))
                .body("kind", is("REGISTERED"))
                .extract();
        bea.sends(Map.of("code", code))
                .post("/api/v1/check-ins")
                .then()
                .statusCode(200)
                .body("result", is("ALREADY_CHECKED_IN"))
                .body("id", is(first.<String>path("id")))
                .body("checkedInAt", is(first.<String>path("checkedInAt")));
    }

    /** Looking checks nobody in; the button does, when it was pressed on our own page. */
    private void page(String code, String device) {
        for (String path : List.of("/c/" + code, "/C/" + code))
            Person.nobody()
                    .get(path)
                    .then()
                    .statusCode(200)
                    .contentType(ContentType.HTML)
                    .body(containsString("Planting day"))
                    .body(containsString("<button type=\"submit\">Check in</button>"));
        cem.sends()
                .get("/api/v1/communities/" + community + "/audit-log")
                .then()
                .body("items.findAll { it.kind == 'CheckedIn' }.size()", is(2));
        button(code, "https://elsewhere.example", null)
                .then()
                .statusCode(403)
                .body(not(containsString("You are checked in")));
        button(code, publicUrl, device).then().statusCode(200).body(containsString("You were checked in already"));
        button(code, publicUrl, null).then().statusCode(201).body(containsString("You are checked in."));
    }

    private static Response button(String code, String origin, String device) {
        var request = io.restassured.RestAssured.given().header("Origin", origin);
        return (device == null ? request : request.header("Cookie", device)).post("/c/" + code);
    }

    private void what_happened() {
        var log = ada.sends()
                .get("/api/v1/communities/" + community + "/audit-log?limit=100")
                .then()
                .statusCode(200)
                .body(
                        "items.reverse().kind",
                        contains(
                                "CommunityFounded",
                                "MemberJoined",
                                "MemberJoined",
                                "MemberJoined",
                                "RolesChanged",
                                "ProposalDrafted",
                                "ProposalEdited",
                                "ProposalSubmitted",
                                "ProposalReviewed",
                                "ProposalOpened",
                                "VoteCast",
                                "VoteCast",
                                "VoteChanged",
                                "ProposalClosed",
                                "EventGroupCreated",
                                "EventScheduled",
                                "CheckedIn",
                                "CheckedIn",
                                "CheckedIn",
                                "EventClosed"))
                .body(
                        "items.reverse().collect { it.actor?.name }",
                        contains(
                                "Ada", "Ada", "Cem", "Bea", "Ada", "Bea", "Bea", "Bea", "Cem", "Cem", "Ada", "Bea",
                                "Bea", null, "Cem", "Cem", null, "Bea", null, "Cem"))
                .body("items.at", everyItem(matchesPattern(INSTANT)))
                .body("items.entry", everyItem(matchesPattern(DIGEST)))
                .body("items.withheld", everyItem(is(false)))
                .body("items.subject.id", everyItem(notNullValue()))
                .body("items.findAll { it.actor?.id == '" + ada.id() + "' }.origin.ip", everyItem(is("127.0.0.1")))
                .body("items.findAll { it.actor?.id != '" + ada.id() + "' }.origin", everyItem(nullValue()))
                .body("next", nullValue())
                .extract();
        List<String> times = log.path("items.at");
        for (int i = 1; i < times.size(); i++)
            assertTrue(
                    !OffsetDateTime.parse(times.get(i - 1)).isBefore(OffsetDateTime.parse(times.get(i))),
                    "newest first: " + times);
    }
}
