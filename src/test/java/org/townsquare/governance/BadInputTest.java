package org.townsquare.governance;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;

@QuarkusTest
@QuarkusTestResource(Database.class)
class BadInputTest {
    private static final List<String> NO_OBJECTS =
            List.of("", "null", "[]", "1", "\"x\"", "{", "{\"x\":1}", "{} {}", "{\"title\":\"a\",\"title\":\"b\"}");

    private static final List<String> BAD_TEXTS = List.of(
            "{\"title\":%s,\"description\":\"d\"}".formatted("\"\\u0000\""),
            "{\"title\":%s,\"description\":\"d\"}".formatted("\"\\ud800\""),
            "{\"title\":%s,\"description\":\"d\"}".formatted("17"),
            "{\"title\":%s,\"description\":\"d\"}".formatted("\" \""),
            "{\"title\":%s,\"description\":\"d\"}".formatted("\"" + "x".repeat(201) + "\""),
            "{\"title\":\"t\",\"description\":%s}".formatted("\"" + "x".repeat(50_001) + "\""),
            "{\"title\":\"t\",\"description\":%s}".formatted("\"" + "x".repeat(1_200_000) + "\""),
            "{\"title\":\"t\",\"description\":{}}",
            "{\"title\":\"t\",\"description\":\"d\",\"ruleId\":\"x\"}",
            "{\"title\":\"t\",\"description\":\"d\",\"ruleId\":\"00000000-0000-0000-0000-000000000009\"}",
            "{\"title\":\"t\",\"description\":\"d\",\"status\":\"VOTING\"}");

    @Test
    void no_input_begins_or_changes_a_draft_that_is_none() {
        Motion motion = Motion.draft();
        String proposals = motion.village().path() + "/proposals";
        var bodies = new ArrayList<>(NO_OBJECTS);
        bodies.addAll(BAD_TEXTS);
        bodies.addAll(List.of(
                "{}", "{\"title\":\"t\"}", "{\"description\":\"d\"}", "{\"title\":null,\"description\":\"d\"}"));
        for (String body : bodies) refused(motion.author(), "POST", proposals, body);
        bodies = new ArrayList<>(NO_OBJECTS);
        bodies.addAll(BAD_TEXTS);
        for (String body : bodies) refused(motion.author(), "PATCH", motion.path(), body);
        assertEquals(
                List.of("1"),
                Database.texts(
                        "select count(*) from proposal where community_id = ?::uuid",
                        motion.village().id()));
        assertEquals(List.of("ProposalDrafted"), motion.facts());
    }

    @Test
    void no_input_moves_a_proposal_by_mistake() {
        Motion draft = Motion.draft();
        for (String body : NO_OBJECTS) refused(draft.author(), "POST", draft.path() + "/submission", body);
        Motion motion = Motion.draft(draft.village()).submitted();
        var reviews = new ArrayList<>(NO_OBJECTS);
        reviews.addAll(List.of(
                "{}",
                "{\"decision\":null}",
                "{\"decision\":\"MAYBE\"}",
                "{\"decision\":\"approve\"}",
                "{\"decision\":0}",
                "{\"decision\":\"APPROVE\",\"note\":1}",
                "{\"decision\":\"APPROVE\",\"note\":\"\\u0000\"}",
                "{\"decision\":\"APPROVE\",\"note\":\"" + "x".repeat(5001) + "\"}",
                "{\"decision\":\"APPROVE\",\"closesAt\":\"soon\"}",
                "{\"decision\":\"APPROVE\",\"closesAt\":\"\"}",
                "{\"decision\":\"APPROVE\",\"closesAt\":1}",
                "{\"decision\":\"APPROVE\",\"closesAt\":1e400}",
                "{\"decision\":\"APPROVE\",\"closesAt\":99999999999999999999}",
                "{\"decision\":\"APPROVE\",\"closesAt\":\"+999999999-12-31T23:59:59Z\"}",
                "{\"decision\":\"APPROVE\",\"closesAt\":{}}"));
        for (String body : reviews) refused(motion.council(), "POST", motion.path() + "/review", body);
        assertEquals(List.of("ProposalDrafted", "ProposalSubmitted"), motion.facts());
    }

    @Test
    void no_input_votes_or_closes_by_mistake() {
        Motion motion = Motion.draft().opened();
        var votes = new ArrayList<>(NO_OBJECTS);
        votes.addAll(List.of(
                "{}",
                "{\"choice\":null}",
                "{\"choice\":\"MAYBE\"}",
                "{\"choice\":\"\"}",
                "{\"choice\":\"yes\"}",
                "{\"choice\":1}",
                "{\"choice\":[\"YES\"]}",
                "{\"choice\":\"YES\",\"weight\":9}"));
        for (String body : votes) refused(motion.author(), "PUT", motion.path() + "/vote", body);
        for (String body : NO_OBJECTS) refused(motion.council(), "POST", motion.path() + "/closure", body);
        motion.author()
                .sends()
                .contentType("text/plain")
                .body("{\"choice\":\"YES\"}")
                .put(motion.path() + "/vote")
                .then()
                .statusCode(415);
        assertEquals(
                List.of("ProposalDrafted", "ProposalSubmitted", "ProposalReviewed", "ProposalOpened"), motion.facts());
    }

    @Test
    void ids_and_parameters_that_are_none_find_nothing() {
        Motion motion = Motion.draft();
        for (String id : List.of("x", "1", "%F0%9F%8C%B3", motion.id() + "0", "00000000-0000-0000-0000-000000000000")) {
            String path = "/api/v1/proposals/" + id;
            motion.author().sends().get(path).then().statusCode(404).body("code", notNullValue());
            motion.author().sends("{}").post(path + "/submission").then().statusCode(404);
            motion.author()
                    .sends("{\"decision\":\"APPROVE\"}")
                    .post(path + "/review")
                    .then()
                    .statusCode(404);
            motion.author()
                    .sends("{\"choice\":\"YES\"}")
                    .put(path + "/vote")
                    .then()
                    .statusCode(404);
            motion.author().sends("{}").post(path + "/closure").then().statusCode(404);
            for (String list : List.of("/proposals", "/decision-rules"))
                motion.author()
                        .sends()
                        .get("/api/v1/communities/" + id + list)
                        .then()
                        .statusCode(404);
        }
        for (String query : List.of("limit=0", "limit=x", "limit=101", "cursor=x", "status=voting"))
            motion.author()
                    .sends()
                    .get(motion.village().path() + "/proposals?" + query)
                    .then()
                    .statusCode(400)
                    .body("code", notNullValue());
        for (String parameter : List.of("q", "status", "author", "reviewedBy", "cursor", "limit"))
            motion.author()
                    .sends()
                    .queryParam(parameter, "x\u0000y")
                    .get(motion.village().path() + "/proposals")
                    .then()
                    .statusCode(400)
                    .body("code", notNullValue());
    }

    private static void refused(Person by, String method, String path, String body) {
        by.sends()
                .header("If-Match", "*")
                .body(body)
                .request(method, path)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(allOf(greaterThanOrEqualTo(400), lessThan(500)))
                .contentType("application/problem+json")
                .body("code", notNullValue());
    }
}
