package org.townsquare.governance;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.townsquare.governance.ProposalTest.refused;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class TallyTest {
    @Test
    void a_tally_explains_what_would_be_and_then_what_is() {
        Village village = Village.open();
        String rule = DecisionRulesTest.write(
                        village.founder(),
                        village,
                        Map.of(
                                "quorumKind",
                                "PARTICIPATION",
                                "quorumNum",
                                1,
                                "quorumDen",
                                2,
                                "earlyClose",
                                "BY_COUNCIL"))
                .extract()
                .path("id");
        Motion motion = Motion.draft(village, Map.of("ruleId", rule));
        motion.submitted();
        refused(Person.nobody().get(motion.path() + "/tally"), 404, "proposal-not-opened");
        motion.council()
                .sends(Map.of("decision", "APPROVE"))
                .post(motion.path() + "/review")
                .then()
                .statusCode(200);
        Person.nobody()
                .get(motion.path() + "/tally")
                .then()
                .statusCode(200)
                .body("decided", is(false))
                .body("outcome", is("REJECTED"))
                .body("reason", is("NO_VOTES"));
        motion.vote(motion.author(), "YES");
        Eventually.holds(
                () -> Person.nobody()
                        .get(motion.path() + "/tally")
                        .then()
                        .statusCode(200)
                        .body("status", is("VOTING"))
                        .body("tally.yes", is(1))
                        .body("tally.final", is(false))
                        .body("decided", is(false))
                        .body("outcome", is("REJECTED"))
                        .body("reason", is("QUORUM_NOT_MET"))
                        .body(
                                "sentence",
                                is(
                                        "The vote is open. If it ended now, the proposal would be rejected: too few took part for the quorum. In favour 1, against 0, abstained 0, of 3."))
                        .body("predicates.name", contains("quorum", "quorum-at-least", "threshold-1", "ahead", "floor"))
                        .body("predicates.holds", contains(false, true, true, true, true))
                        .body("predicates[0].formula", is("T*2 >= 1*E"))
                        .body("predicates[0].left", is("2"))
                        .body("predicates[0].comparison", is(">="))
                        .body("predicates[0].right", is("3"))
                        .body(
                                "predicates[0].sentence",
                                is(
                                        "At least half of the electorate must take part: that is 2 of 3; 1 took part. This is not met.")));
        motion.vote(motion.council(), "YES");
        motion.council().sends("{}").post(motion.path() + "/closure").then().statusCode(200);
        Person.nobody()
                .get(motion.path() + "/tally")
                .then()
                .body("status", is("PASSED"))
                .body("decided", is(true))
                .body("outcome", is("PASSED"))
                .body("tally.final", is(true))
                .body("predicates.holds", contains(true, true, true, true, true))
                .body(
                        "sentence",
                        is(
                                "The proposal passed: every condition of its rule is met. In favour 2, against 0, abstained 0, of 3."));
    }

    @Test
    void votes_that_count_by_weight_are_told_as_such() {
        Village village = Village.open();
        Motion motion = Motion.under(
                        village,
                        Map.of(
                                "weighting", "BY_ROLE",
                                "role_weights", Map.of("COUNCIL", 5),
                                "early_close", "BY_COUNCIL"))
                .opened();
        motion.vote(motion.council(), "YES");
        motion.council().sends("{}").post(motion.path() + "/closure").then().statusCode(200);
        Person.nobody()
                .get(motion.path() + "/tally")
                .then()
                .body("tally.totalWeight", is(7))
                .body(
                        "sentence",
                        is(
                                "The proposal passed: every condition of its rule is met. In favour 5, against 0, abstained 0, of 7, each counted by weight."));
    }

    @Test
    void sealed_counts_are_refused_until_the_close() {
        Village village = Village.open();
        Motion motion = Motion.under(village, Map.of("results", "AFTER_CLOSE", "early_close", "BY_COUNCIL"))
                .opened();
        motion.vote(motion.author(), "YES");
        for (Person reader : List.of(motion.author(), motion.council(), village.founder()))
            refused(reader.sends().get(motion.path() + "/tally"), 403, "results-sealed");
        motion.council().sends("{}").post(motion.path() + "/closure").then().statusCode(200);
        Person.nobody().get(motion.path() + "/tally").then().statusCode(200).body("tally.yes", is(1));
    }

    @Test
    void what_the_council_rejected_was_never_voted_on() {
        Motion motion = Motion.draft().submitted();
        motion.council()
                .sends(Map.of("decision", "REJECT", "note", "No."))
                .post(motion.path() + "/review")
                .then()
                .statusCode(200)
                .body("tally", nullValue());
        refused(Person.nobody().get(motion.path() + "/tally"), 404, "proposal-not-opened");
    }
}
