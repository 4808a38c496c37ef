package org.townsquare.governance;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.townsquare.governance.ProposalTest.refused;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.townsquare.journal.CanonicalJson;
import org.townsquare.platform.Digest;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Poll;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class QuestionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void a_question_goes_from_its_draft_to_its_result() throws Exception {
        Village village = Village.open();
        Person ada = village.founder();
        Person dee = village.member("Dee");
        Poll poll = Poll.draft(village, Map.of());
        poll.council()
                .sends()
                .get(poll.path())
                .then()
                .statusCode(200)
                .body("state", is("DRAFT"))
                .body("method", is("SINGLE_CHOICE"))
                .body("counting", nullValue())
                .body("secrecy", is("MEMBERS"))
                .body("results", is("AFTER_CLOSE"))
                .body("allowBlank", is(true))
                .body("author.name", is("Cem"))
                .body("options.label", contains("A bench", "A tree", "Nothing"))
                .body("tieOrder", nullValue())
                .body("can.edit", is(true))
                .body("can.open", is(true))
                .body("can.answer", is(false));
        Instant closesAt = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MICROS);
        List<String> ties = poll.council()
                .sends(Map.of("closesAt", closesAt.toString()))
                .post(poll.path() + "/opening")
                .then()
                .statusCode(200)
                .body("state", is("OPEN"))
                .body("openedAt", notNullValue())
                .body("closesAt", is(closesAt.toString()))
                .body("electors", is(3))
                .body("totalWeight", is(3))
                .body("rule.name", is("simple-majority"))
                .body("result", nullValue())
                .body("can.answer", is(true))
                .body("can.edit", is(false))
                .extract()
                .path("tieOrder");
        assertEquals(poll.options().get(2), ties.get(0), "the option that leaves things as they are comes first");
        assertEquals(new HashSet<>(poll.options()), new HashSet<>(ties));
        String receipt = dee.sends(poll.choice(0))
                .put(poll.path() + "/ballot")
                .then()
                .statusCode(201)
                .body("castAt", notNullValue())
                .body("receipt", matchesPattern("[A-Za-z0-9_-]{43}"))
                .extract()
                .path("receipt");
        dee.sends(poll.choice(0))
                .put(poll.path() + "/ballot")
                .then()
                .statusCode(200)
                .body("receipt", is(receipt));
        dee.sends(poll.choice(1)).put(poll.path() + "/ballot").then().statusCode(200);
        assertEquals(201, poll.cast(ada, poll.choice(1)));
        assertEquals(201, poll.cast(poll.council(), poll.choice()));
        dee.sends()
                .get(poll.path())
                .then()
                .body("myBallot.choices", contains(poll.options().get(1)));
        ada.sends().get(poll.path()).then().body("result", nullValue());
        poll.due();
        Eventually.holds(() -> Person.nobody()
                .get(poll.path())
                .then()
                .statusCode(200)
                .body("state", is("CLOSED"))
                .body("closing", is(false))
                .body("closedAt", notNullValue())
                .body("closedBy", nullValue())
                .body("myBallot", nullValue())
                .body("result.reason", is("DECIDED"))
                .body("result.winner", is(poll.options().get(1)))
                .body("result.options.weight", contains(0, 2, 0))
                .body("result.blanks.count", is(1))
                .body("result.turnout.voters", is(3))
                .body("result.turnout.electors", is(3))
                .body("result.turnout.quorumMet", is(true)));
        ada.sends()
                .get(poll.path() + "/result")
                .then()
                .statusCode(200)
                .body("winner", is(poll.options().get(1)));
        refused(dee.sends(poll.choice(0)).put(poll.path() + "/ballot"), 409, "voting-closed");
        refused(dee.sends().delete(poll.path() + "/ballot"), 409, "voting-closed");
        assertEquals(
                List.of(
                        "QuestionDrafted",
                        "QuestionOpened",
                        "BallotCast",
                        "BallotChanged",
                        "BallotCast",
                        "BallotCast",
                        "QuestionClosed"),
                poll.facts());
        JsonObject fact = fact("QuestionClosed", poll);
        assertEquals(poll.options().get(1), fact.getString("winner"));
        String sheet = CanonicalJson.write(
                JSON.readTree(Person.nobody().get(poll.path() + "/result").asString()));
        assertEquals(Digest.ofLines(sheet).text(), fact.getString("resultHash"));
    }

    @Test
    void a_draft_exists_for_council_and_admin_alone() {
        Village village = Village.open();
        Poll poll = Poll.draft(village, Map.of());
        Person dee = village.member("Dee");
        for (Person stranger : List.of(dee, Person.named("Eve"))) {
            missing(stranger.sends().get(poll.path()).then());
            for (String part : List.of(
                    "result",
                    "analytics",
                    "analytics.svg",
                    "ballots",
                    "ballot",
                    "electorate",
                    "receipts/" + "A".repeat(43)))
                missing(stranger.sends().get(poll.path() + "/" + part).then());
            for (String act : List.of("opening", "closure"))
                missing(stranger.sends("{}").post(poll.path() + "/" + act).then());
            missing(stranger.sends(Map.of("reason", "It was a mistake."))
                    .post(poll.path() + "/cancellation")
                    .then());
            missing(stranger.sends(poll.choice(0)).put(poll.path() + "/ballot").then());
            missing(stranger.sends().delete(poll.path() + "/ballot").then());
            missing(stranger.sends(Map.of("title", "Mine"))
                    .header("If-Match", "*")
                    .patch(poll.path())
                    .then());
            missing(stranger.sends().header("If-Match", "*").delete(poll.path()).then());
            stranger.sends()
                    .get(village.path() + "/questions")
                    .then()
                    .statusCode(200)
                    .body("items", empty());
        }
        missing(Person.nobody().get(poll.path()).then());
        village.founder()
                .sends()
                .get(village.path() + "/questions?state=DRAFT")
                .then()
                .body("items.id", contains(poll.id()));
        refused(poll.council().sends(poll.choice(0)).put(poll.path() + "/ballot"), 409, "question-not-open");
        refused(poll.council().sends().delete(poll.path() + "/ballot"), 409, "question-not-open");
        refused(poll.council().sends().get(poll.path() + "/result"), 403, "results-sealed");
        refused(poll.council().sends().get(poll.path() + "/analytics"), 404, "question-not-opened");
        refused(poll.council().sends().get(poll.path() + "/analytics.svg"), 403, "results-sealed");
    }

    @Test
    void council_and_admin_write_questions_and_nobody_else() {
        Village village = Village.open();
        Person dee = village.member("Dee", "ORGANIZER");
        refused(dee.sends(Poll.asked(Map.of())).post(village.path() + "/questions"), 403, "not-allowed");
        refused(
                Person.named("Eve").sends(Poll.asked(Map.of())).post(village.path() + "/questions"),
                403,
                "members-only");
        Poll poll = Poll.draft(village, Map.of()).opened();
        for (String act : List.of("opening", "closure"))
            refused(dee.sends("{}").post(poll.path() + "/" + act), 403, "not-allowed");
        refused(dee.sends(Map.of("title", "x")).header("If-Match", "*").patch(poll.path()), 403, "not-allowed");
        refused(dee.sends().header("If-Match", "*").delete(poll.path()), 403, "not-allowed");
        for (Person other : List.of(dee, poll.council(), Person.named("Eve")))
            refused(
                    other.sends(Map.of("reason", "It was a mistake.")).post(poll.path() + "/cancellation"),
                    403,
                    "cancel-not-allowed");
        assertEquals(201, poll.cast(village.founder(), poll.choice(0)));
    }

    @Test
    void a_draft_is_changed_whole_with_its_options_and_only_on_the_version_it_was_read_in() {
        Poll poll = Poll.draft();
        Person cem = poll.council();
        String etag = cem.sends().get(poll.path()).then().extract().header("ETag");
        refused(cem.sends(Map.of("title", "Two")).patch(poll.path()), 428, "if-match-required");
        String next = cem.sends(Map.of(
                        "method",
                        "APPROVAL",
                        "options",
                        List.of(
                                Map.of("label", "A tree"),
                                Map.of("label", "A bench"),
                                Map.of("label", "A pond"),
                                Map.of("label", "🌳 עץ"))))
                .header("If-Match", etag)
                .patch(poll.path())
                .then()
                .statusCode(200)
                .body("title", is("What for the square?"))
                .body("method", is("APPROVAL"))
                .body("minChoices", is(1))
                .body("maxChoices", is(4))
                .body("options.label", contains("A tree", "A bench", "A pond", "🌳 עץ"))
                .extract()
                .header("ETag");
        assertNotEquals(etag, next);
        refused(cem.sends(Map.of("title", "Three")).header("If-Match", etag).patch(poll.path()), 412, "stale");
        cem.sends(Map.of("method", "RANKED", "counting", "SCHULZE"))
                .header("If-Match", next)
                .patch(poll.path())
                .then()
                .statusCode(200)
                .body("counting", is("SCHULZE"))
                .body("maxChoices", is(1))
                .body("options", hasSize(4));
        cem.sends(Map.of("method", "SCORE"))
                .header("If-Match", "*")
                .patch(poll.path())
                .then()
                .statusCode(200)
                .body("counting", nullValue())
                .body("maxScore", is(10));
        assertEquals(List.of("QuestionDrafted", "QuestionEdited", "QuestionEdited", "QuestionEdited"), poll.facts());
        poll.opened();
        refused(
                cem.sends(Map.of("title", "Late")).header("If-Match", "*").patch(poll.path()),
                409,
                "question-not-a-draft");
        refused(cem.sends().header("If-Match", "*").delete(poll.path()), 409, "question-not-a-draft");
        refused(cem.sends("{}").post(poll.path() + "/opening"), 409, "question-not-a-draft");
    }

    @Test
    void a_draft_is_discarded_with_its_options() {
        Poll poll = Poll.draft();
        refused(poll.council().sends().delete(poll.path()), 428, "if-match-required");
        poll.council()
                .sends()
                .header("If-Match", "*")
                .delete(poll.path())
                .then()
                .statusCode(204);
        missing(poll.council().sends().get(poll.path()).then());
        assertEquals(
                List.of("0"),
                Database.texts("select count(*) from question_option where question_id = ?::uuid", poll.id()));
        assertEquals(List.of("QuestionDrafted", "QuestionDiscarded"), poll.facts());
    }

    @Test
    void what_no_ballot_could_answer_is_no_question() {
        Village village = Village.open();
        Person ada = village.founder();
        for (Map<String, ?> unfit : List.<Map<String, ?>>of(
                Map.of("counting", "IRV"),
                Map.of("maxScore", 5),
                Map.of("minChoices", 1),
                Map.of("method", "APPROVAL", "minChoices", 3, "maxChoices", 2),
                Map.of("method", "APPROVAL", "maxChoices", 4),
                Map.of("method", "SCORE", "counting", "SCHULZE"),
                Map.of(
                        "options",
                        List.of(Map.of("label", "a", "statusQuo", true), Map.of("label", "b", "statusQuo", true)))))
            refused(ada.sends(Poll.asked(unfit)).post(village.path() + "/questions"), 422, "question-invalid");
        refused(
                ada.sends(Poll.asked(Map.of("options", List.of(Map.of("label", "Oak"), Map.of("label", " oak")))))
                        .post(village.path() + "/questions"),
                422,
                "option-repeated");
        for (Map<String, ?> wrong : List.<Map<String, ?>>of(
                Map.of("options", List.of(Map.of("label", "a"))),
                Map.of(
                        "options",
                        IntStream.range(0, 51)
                                .mapToObj(i -> Map.of("label", "o" + i))
                                .toList()),
                Map.of("method", "SCORE", "maxScore", 101),
                Map.of("title", " ")))
            assertEquals(
                    422,
                    ada.sends(Poll.asked(wrong))
                            .post(village.path() + "/questions")
                            .statusCode());
        String foreign =
                Person.nobody().get(Village.open().path() + "/decision-rules").path("items[0].id");
        refused(
                ada.sends(Poll.asked(Map.of("ruleId", foreign))).post(village.path() + "/questions"),
                422,
                "rule-unknown");
        assertEquals(
                List.of("0"),
                Database.texts("select count(*) from question where community_id = ?::uuid", village.id()));
    }

    @Test
    void it_opens_within_the_time_of_its_rule_for_those_whom_the_rule_names() {
        Village village = Village.open();
        String strict = Motion.rule(
                village,
                Map.of("min_voting_seconds", 3600, "default_voting_seconds", 7200, "max_voting_seconds", 10_000));
        Poll timed = Poll.draft(village, Map.of("ruleId", strict));
        for (Instant closesAt : List.of(
                Instant.now().plusSeconds(3500),
                Instant.now().plusSeconds(10_100),
                Instant.parse("2001-01-01T00:00:00Z")))
            refused(
                    timed.council()
                            .sends(Map.of("closesAt", closesAt.toString()))
                            .post(timed.path() + "/opening"),
                    422,
                    "closes-at-out-of-range");
        Poll nobody =
                Poll.draft(village, Map.of("ruleId", Motion.rule(village, Map.of("voter_roles", List.of("BUSINESS")))));
        refused(nobody.council().sends("{}").post(nobody.path() + "/opening"), 409, "electorate-empty");
        nobody.council()
                .sends()
                .get(nobody.path())
                .then()
                .body("state", is("DRAFT"))
                .body("tieOrder", nullValue());
        assertEquals(List.of("QuestionDrafted"), nobody.facts());
        Poll weighed = Poll.draft(
                        village,
                        Map.of(
                                "ruleId",
                                Motion.rule(
                                        village,
                                        Map.of(
                                                "voter_roles", List.of("COUNCIL", "ADMIN"),
                                                "weighting", "BY_ROLE",
                                                "role_weights", Map.of("COUNCIL", 5)))))
                .opened();
        Person dee = village.member("Dee");
        refused(dee.sends(weighed.choice(0)).put(weighed.path() + "/ballot"), 403, "not-in-electorate");
        assertEquals(201, weighed.cast(weighed.council(), weighed.choice(0)));
        assertEquals(201, weighed.cast(village.founder(), weighed.choice(1)));
        weighed.council()
                .sends("{}")
                .post(weighed.path() + "/closure")
                .then()
                .statusCode(200)
                .body("closedBy", is(weighed.council().id()))
                .body("result.options.weight", contains(5, 1, 0))
                .body("result.options.count", contains(1, 1, 0))
                .body("result.turnout.weight", is(6))
                .body("result.turnout.totalWeight", is(6));
    }

    @Test
    void who_joins_after_the_opening_does_not_answer() {
        Village village = Village.open();
        Poll poll = Poll.open(village, Map.of());
        Person late = village.member("Lea");
        refused(late.sends(poll.choice(0)).put(poll.path() + "/ballot"), 403, "not-in-electorate");
        refused(late.sends().delete(poll.path() + "/ballot"), 403, "not-in-electorate");
        refused(late.sends(Map.of("choices", List.of("x"))).put(poll.path() + "/ballot"), 400, "json-malformed");
        late.sends().get(poll.path()).then().body("can.answer", is(false));
        late.sends()
                .get(poll.path() + "/electorate")
                .then()
                .statusCode(200)
                .body("electors", is(2))
                .body("totalWeight", is(2))
                .body("me.eligible", is(false))
                .body("me.reason", is("JOINED_AFTER_OPENING"));
        village.founder().sends().get(poll.path() + "/electorate").then().body("me.weight", is(1));
    }

    @Test
    void a_ballot_says_what_its_method_asks_for_and_nothing_else() {
        Village village = Village.open();
        Person ada = village.founder();
        Poll single = Poll.open(village, Map.of("allowBlank", false));
        for (Map<String, ?> wrong : List.<Map<String, ?>>of(
                single.choice(),
                single.choice(0, 1),
                single.ranking(0),
                single.scores(1),
                Map.of(),
                Map.of(
                        "choices",
                        List.of(Poll.draft(village, Map.of()).options().get(0))))) invalid(single, ada, wrong);
        Poll approval = Poll.open(village, Map.of("method", "APPROVAL", "minChoices", 2, "maxChoices", 2));
        for (Map<String, ?> wrong : List.of(approval.choice(0), approval.choice(0, 1, 2), approval.choice(0, 0)))
            invalid(approval, ada, wrong);
        assertEquals(201, approval.cast(ada, approval.choice(2, 0)));
        ada.sends()
                .get(approval.path() + "/ballot")
                .then()
                .body(
                        "choices",
                        contains(approval.options().get(0), approval.options().get(2)))
                .body("marks", is("1,,1"));
        Poll irv = Poll.open(village, Map.of("method", "RANKED"));
        for (Map<String, ?> wrong : List.of(
                irv.ranking(0, 0),
                irv.choice(0),
                Map.of("ranking", List.of()),
                Map.of("ranking", List.of(irv.options())))) invalid(irv, ada, wrong);
        assertEquals(201, irv.cast(ada, irv.ranking(2, 0)));
        ada.sends().get(irv.path() + "/ballot").then().body("marks", is("2,,1"));
        Poll schulze = Poll.open(village, Map.of("method", "RANKED", "counting", "SCHULZE"));
        assertEquals(
                201,
                schulze.cast(
                        ada,
                        Map.of(
                                "ranking",
                                List.of(
                                        List.of(
                                                schulze.options().get(2),
                                                schulze.options().get(0)),
                                        List.of(schulze.options().get(1))))));
        ada.sends()
                .get(schulze.path() + "/ballot")
                .then()
                .body("marks", is("1,2,1"))
                .body(
                        "ranking[0]",
                        contains(schulze.options().get(0), schulze.options().get(2)));
        Poll score = Poll.open(village, Map.of("method", "SCORE", "maxScore", 5));
        for (Map<String, ?> wrong : List.of(score.scores(6), score.scores(-1), Map.of("scores", Map.of())))
            invalid(score, ada, wrong);
        assertEquals(201, score.cast(ada, score.scores(5, 0)));
        ada.sends()
                .get(score.path() + "/ballot")
                .then()
                .body("marks", is("5,0,"))
                .body(
                        "scores",
                        is(Map.of(score.options().get(0), 5, score.options().get(1), 0)));
        for (Poll each : List.of(irv, schulze, score)) {
            assertEquals(200, each.cast(ada, each.choice()));
            ada.sends().get(each.path()).then().body("myBallot.choices", empty());
        }
        assertEquals(List.of("0", "0"), single.rows());
    }

    private static void invalid(Poll poll, Person voter, Map<String, ?> ballot) {
        refused(voter.sends(ballot).put(poll.path() + "/ballot"), 422, "ballot-invalid");
    }

    @Test
    void a_ballot_is_changed_withdrawn_and_cast_again() {
        Village village = Village.open();
        Poll poll = Poll.open(village, Map.of());
        Person ada = village.founder();
        missing(ada.sends().get(poll.path() + "/ballot").then());
        ada.sends().delete(poll.path() + "/ballot").then().statusCode(204);
        assertEquals(201, poll.cast(ada, poll.choice(0)));
        assertEquals(200, poll.cast(ada, poll.choice(1)));
        assertEquals(200, poll.cast(ada, poll.choice(1)));
        ada.sends()
                .get(poll.path() + "/ballot")
                .then()
                .statusCode(200)
                .body("revision", is(1))
                .body("weight", is(1));
        assertEquals(List.of("1", "1"), poll.rows());
        ada.sends().delete(poll.path() + "/ballot").then().statusCode(204);
        ada.sends().delete(poll.path() + "/ballot").then().statusCode(204);
        missing(ada.sends().get(poll.path() + "/ballot").then());
        ada.sends().get(poll.path()).then().body("myBallot", nullValue());
        assertEquals(List.of("0", "0"), poll.rows());
        assertEquals(201, poll.cast(ada, poll.choice(0)));
        assertEquals(List.of("1", "1"), poll.rows());
        assertEquals(
                List.of(
                        "QuestionDrafted",
                        "QuestionOpened",
                        "BallotCast",
                        "BallotChanged",
                        "BallotWithdrawn",
                        "BallotCast"),
                poll.facts());
    }

    @Test
    void a_voter_can_open_the_receipt_and_find_it_in_the_log_which_never_tells_the_marks() {
        Village village = Village.open();
        Poll poll = Poll.open(village, Map.of("method", "SCORE", "maxScore", 100));
        Person ada = village.founder();
        assertEquals(201, poll.cast(ada, poll.scores(77, 78, 79)));
        String old = ada.sends().get(poll.path() + "/ballot").path("receipt");
        assertEquals(200, poll.cast(ada, poll.scores(97, 98, 99)));
        var own =
                ada.sends().get(poll.path() + "/ballot").then().statusCode(200).extract();
        String receipt = own.path("receipt");
        assertEquals(
                receipt,
                Digest.ofLines("townsquare-ballot-1", poll.id(), ada.id(), "97,98,99", own.path("nonce"))
                        .text());
        String body = Database.texts(
                        "select convert_from(body, 'UTF8') from journal_entry where id = ?::uuid",
                        own.<String>path("entryId"))
                .get(0);
        JsonObject entry = new JsonObject(body);
        assertEquals("BallotChanged", entry.getString("kind"));
        assertEquals(receipt, entry.getJsonObject("fact").getString("receipt"));
        assertEquals(poll.id(), entry.getJsonObject("fact").getString("questionId"));
        assertEquals(
                entry.getJsonObject("subject").getString("id"),
                entry.getJsonObject("fact").getString("ballotId"));
        for (String told : Database.texts(
                "select convert_from(body, 'UTF8') from journal_entry where convert_from(body, 'UTF8')::jsonb -> 'fact' ->> 'questionId' = ?",
                poll.id())) assertFalse(told.contains("97,98,99") || told.contains("00000000-0000-0000-0000"), told);
        Person.nobody()
                .get(poll.path() + "/receipts/" + receipt)
                .then()
                .statusCode(200)
                .body("revision", is(1))
                .body("counted", is(true))
                .body("castAt", is(own.<String>path("castAt")));
        missing(Person.nobody().get(poll.path() + "/receipts/" + old).then());
        missing(Person.nobody().get(poll.path() + "/receipts/nonsense").then());
        missing(Person.nobody()
                .get(Poll.open(village, Map.of()).path() + "/receipts/" + receipt)
                .then());
    }

    @Test
    void a_person_takes_the_own_questions_and_ballots_along() {
        Village village = Village.open();
        Poll poll = Poll.open(village, Map.of("method", "RANKED"));
        Person ada = village.founder();
        assertEquals(201, poll.cast(ada, poll.ranking(1, 0)));
        String receipt = ada.sends().get(poll.path() + "/ballot").path("receipt");
        ada.sends()
                .get("/api/v1/me/export")
                .then()
                .statusCode(200)
                .body("features.governance.ballots.questionId", contains(poll.id()))
                .body("features.governance.ballots.receipt", contains(receipt))
                .body("features.governance.ballots[0].marks.option", contains("A bench", "A tree", "Nothing"))
                .body("features.governance.ballots[0].marks.mark", contains(2, 1, null))
                .body("features.governance.questions", empty());
        poll.council()
                .sends()
                .get("/api/v1/me/export")
                .then()
                .body("features.governance.questions.id", hasItem(poll.id()));
    }

    @Test
    void the_council_closes_early_as_the_rule_says() {
        Village village = Village.open();
        Person dee = village.member("Dee");
        Poll allVoted = Poll.open(village, Map.of());
        refused(allVoted.council().sends("{}").post(allVoted.path() + "/closure"), 409, "too-early-to-close");
        refused(dee.sends("{}").post(allVoted.path() + "/closure"), 403, "not-allowed");
        refused(Person.named("Eve").sends("{}").post(allVoted.path() + "/closure"), 403, "members-only");
        for (Person voter : List.of(dee, allVoted.council(), village.founder()))
            assertEquals(201, allVoted.cast(voter, allVoted.choice(0)));
        dee.sends().delete(allVoted.path() + "/ballot").then().statusCode(204);
        refused(allVoted.council().sends("{}").post(allVoted.path() + "/closure"), 409, "too-early-to-close");
        assertEquals(201, allVoted.cast(dee, allVoted.choice(1)));
        allVoted.council()
                .sends("{}")
                .post(allVoted.path() + "/closure")
                .then()
                .statusCode(200)
                .body("state", is("CLOSED"))
                .body("closedBy", is(allVoted.council().id()))
                .body("result.winner", is(allVoted.options().get(0)));
        refused(allVoted.council().sends("{}").post(allVoted.path() + "/closure"), 409, "question-not-open");

        Poll byCouncil =
                Poll.open(village, Map.of("ruleId", Motion.rule(village, Map.of("early_close", "BY_COUNCIL"))));
        byCouncil
                .council()
                .sends("{}")
                .post(byCouncil.path() + "/closure")
                .then()
                .statusCode(200)
                .body("result.reason", is("NO_VOTES"))
                .body("result.winner", nullValue());

        Poll never = Poll.open(village, Map.of("ruleId", Motion.rule(village, Map.of("early_close", "NEVER"))));
        for (Person voter : List.of(dee, never.council(), village.founder())) never.cast(voter, never.choice(0));
        refused(never.council().sends("{}").post(never.path() + "/closure"), 409, "too-early-to-close");
        never.due();
        int status =
                Person.named("Eve").sends("{}").post(never.path() + "/closure").statusCode();
        assertTrue(status == 200 || status == 409, "was " + status);
        never.council()
                .sends()
                .get(never.path())
                .then()
                .body("state", is("CLOSED"))
                .body("closedBy", nullValue());
    }

    @Test
    void it_closes_by_itself_when_all_have_voted_where_the_rule_says_so() {
        Village village = Village.open();
        String rule = Motion.rule(village, Map.of("early_close_by_itself", true));
        Poll poll = Poll.open(village, Map.of("ruleId", rule));
        Poll waiting = Poll.open(village, Map.of("ruleId", rule));
        poll.cast(village.founder(), poll.choice(0));
        waiting.cast(village.founder(), waiting.choice(0));
        poll.cast(poll.council(), poll.choice(0));
        Eventually.holds(() -> poll.council()
                .sends()
                .get(poll.path())
                .then()
                .body("state", is("CLOSED"))
                .body("closedBy", nullValue())
                .body("result.turnout.voters", is(2)));
        waiting.council().sends().get(waiting.path()).then().body("state", is("OPEN"));
    }

    @Test
    void a_cancelled_question_shows_its_counts_and_has_no_outcome() {
        Village village = Village.open();
        Poll poll = Poll.open(village, Map.of("method", "RANKED"));
        poll.cast(village.founder(), poll.ranking(1, 0));
        refused(
                village.founder().sends(Map.of("reason", "Short.")).post(poll.path() + "/cancellation"),
                422,
                "invalid");
        village.founder()
                .sends(Map.of("reason", "The tree has been felled."))
                .post(poll.path() + "/cancellation")
                .then()
                .statusCode(200)
                .body("state", is("CLOSED"))
                .body("cancelledAt", notNullValue())
                .body("cancelReason", is("The tree has been felled."))
                .body("closedBy", is(village.founder().id()))
                .body("result.reason", is("CANCELLED"))
                .body("result.winner", nullValue())
                .body("result.ranking", empty())
                .body("result.rounds", nullValue())
                .body("result.options.count", contains(0, 1, 0));
        refused(
                village.founder().sends(Map.of("reason", "Once more, please.")).post(poll.path() + "/cancellation"),
                409,
                "question-not-open");
        refused(poll.council().sends(poll.ranking(0)).put(poll.path() + "/ballot"), 409, "voting-closed");
        assertEquals(
                1, poll.facts().stream().filter("QuestionCancelled"::equals).count());
        assertFalse(poll.facts().contains("QuestionClosed"));
    }

    @Test
    void past_the_deadline_nobody_cancels_a_question() {
        Village village = Village.open();
        Poll poll = Poll.open(village, Map.of());
        poll.cast(village.founder(), poll.choice(0));
        // it stays open, since it does not add up
        Database.update("update ballot set weight = 2 where question_id = ?::uuid", poll.id());
        var reason = Map.of("reason", "I do not like it.");
        refused(village.founder().sends(reason).post(poll.path() + "/cancellation"), 503, "tally-mismatch");
        poll.due();
        refused(village.founder().sends(reason).post(poll.path() + "/cancellation"), 409, "voting-closed");
        village.founder()
                .sends()
                .get(poll.path())
                .then()
                .body("state", is("OPEN"))
                .body("closing", is(true))
                .body("can.cancel", is(false));
        Database.update("update ballot set weight = 1 where question_id = ?::uuid", poll.id());
        Eventually.holds(() -> assertTrue(poll.facts().contains("QuestionClosed")));
        assertFalse(poll.facts().contains("QuestionCancelled"));
    }

    @Test
    void a_reason_is_as_long_without_the_blanks_around_it() {
        Village village = Village.open();
        Poll poll = Poll.open(village, Map.of());
        Motion motion = Motion.draft(village).opened();
        for (String path : List.of(poll.path(), motion.path()))
            for (String reason : List.of("x          ", "          x", "\u2003     x    \u2003"))
                refused(village.founder().sends(Map.of("reason", reason)).post(path + "/cancellation"), 422, "invalid");
    }

    @Test
    void a_ballot_is_changed_twenty_times_a_minute_and_a_repeat_is_no_change() {
        Village village = Village.open();
        Poll poll = Poll.open(village, Map.of());
        Person voter = village.founder();
        String ballot = poll.path() + "/ballot";
        assertEquals(201, poll.cast(voter, poll.choice(0)));
        for (int change = 1; change < 20; change++) assertEquals(200, poll.cast(voter, poll.choice(change % 2)));
        voter.sends().delete(ballot).then().statusCode(204);
        voter.sends().delete(ballot).then().statusCode(204);
        assertEquals(201, poll.cast(voter, poll.choice(2)), "a first ballot again");
        assertEquals(200, poll.cast(voter, poll.choice(2)), "a repeat");
        for (int option : List.of(0, 1)) {
            var refusal = voter.sends(poll.choice(option)).put(ballot);
            refused(refusal, 429, "too-many-changes");
            int seconds = Integer.parseInt(refusal.header("Retry-After"));
            assertTrue(seconds >= 1 && seconds <= 60, "wait " + seconds);
        }
        refused(voter.sends().delete(ballot), 429, "too-many-changes");
        voter.sends()
                .get(poll.path())
                .then()
                .body("myBallot.choices", contains(poll.options().get(2)));
        assertEquals(19, poll.facts().stream().filter("BallotChanged"::equals).count());
        assertEquals(1, poll.facts().stream().filter("BallotWithdrawn"::equals).count());
        // another voter, another question, and a minute after the first change
        assertEquals(201, poll.cast(poll.council(), poll.choice(0)));
        assertEquals(200, poll.cast(poll.council(), poll.choice(1)));
        Poll other = Poll.open(village, Map.of());
        assertEquals(201, other.cast(voter, other.choice(0)));
        assertEquals(200, other.cast(voter, other.choice(1)));
        Database.update(
                "update ballot_pace set changed_at[1] = changed_at[1] - interval '61 seconds' where question_id = ?::uuid and user_id = ?::uuid",
                poll.id(),
                voter.id());
        assertEquals(200, poll.cast(voter, poll.choice(0)));
        refused(voter.sends(poll.choice(1)).put(ballot), 429, "too-many-changes");
        Database.update(
                "update ballot_pace set changed_at[1] = changed_at[1] - interval '61 seconds' where question_id = ?::uuid",
                poll.id());
        voter.sends().delete(ballot).then().statusCode(204);
        assertEquals(List.of("1", "1"), poll.rows());
        poll.due();
        refused(voter.sends(poll.choice(1)).put(ballot), 409, "voting-closed");
    }

    @Test
    void without_the_quorum_of_its_rule_nobody_wins() {
        Village village = Village.open();
        village.member("Dee");
        Poll poll = Poll.open(
                village,
                Map.of(
                        "ruleId",
                        Motion.rule(
                                village,
                                Map.of(
                                        "early_close",
                                        "BY_COUNCIL",
                                        "quorum_kind",
                                        "PARTICIPATION",
                                        "quorum_num",
                                        1,
                                        "quorum_den",
                                        2))));
        poll.cast(village.founder(), poll.choice(0));
        poll.council()
                .sends("{}")
                .post(poll.path() + "/closure")
                .then()
                .statusCode(200)
                .body("result.reason", is("QUORUM_NOT_MET"))
                .body("result.winner", nullValue())
                .body("result.ranking[0]", contains(poll.options().get(0)))
                .body("result.turnout.quorumMet", is(false));
    }

    @Test
    void a_tie_goes_to_what_leaves_things_as_they_are_and_the_result_says_so() {
        Village village = Village.open();
        Poll poll = Poll.open(village, Map.of());
        poll.cast(village.founder(), poll.choice(0));
        poll.cast(poll.council(), poll.choice(2));
        poll.council()
                .sends("{}")
                .post(poll.path() + "/closure")
                .then()
                .statusCode(200)
                .body("result.winner", is(poll.options().get(2)))
                .body(
                        "result.tied",
                        containsInAnyOrder(poll.options().get(0), poll.options().get(2)))
                .body("result.ties[0].by", is("TIE_ORDER"))
                .body("result.ties[0].chosen", is(poll.options().get(2)));
    }

    @Test
    void the_order_of_ties_is_drawn() {
        Village village = Village.open();
        var firsts = new HashSet<String>();
        for (int i = 0; i < 40 && firsts.size() < 3; i++) {
            Poll poll = Poll.draft(
                    village,
                    Map.of("options", List.of(Map.of("label", "a"), Map.of("label", "b"), Map.of("label", "c"))));
            List<String> order = poll.council()
                    .sends("{}")
                    .post(poll.path() + "/opening")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("tieOrder");
            assertEquals(3, new HashSet<>(order).size());
            firsts.add("" + poll.options().indexOf(order.get(0)));
        }
        assertEquals(3, firsts.size(), "each option comes first at times");
    }

    @Test
    void the_opening_commits_to_the_question_and_to_the_order_of_ties() {
        Poll poll = Poll.draft().opened();
        var shown = poll.council().sends().get(poll.path()).then().extract();
        JsonObject fact = fact("QuestionOpened", poll);
        assertEquals(
                shown.<List<String>>path("tieOrder"),
                fact.getJsonArray("tieOrder").getList());
        assertEquals(shown.<String>path("ruleHash"), fact.getString("ruleHash"));
        assertEquals(2, fact.getInteger("electors"));
        var options = new ArrayList<String>();
        for (int i = 0; i < 3; i++)
            options.add("{\"description\":" + (i == 1 ? "\"An oak.\"" : "null") + ",\"id\":\""
                    + poll.options().get(i) + "\",\"label\":\""
                    + List.of("A bench", "A tree", "Nothing").get(i) + "\"}");
        assertEquals(
                Digest.ofLines(
                                "{\"allowBlank\":true,\"counting\":null,\"description\":\"One thing.\","
                                        + "\"maxChoices\":1,\"maxScore\":null,\"method\":\"SINGLE_CHOICE\",\"minChoices\":1,\"options\":["
                                        + String.join(",", options)
                                        + "],\"results\":\"AFTER_CLOSE\",\"secrecy\":\"MEMBERS\",\"title\":\"What for the square?\"}")
                        .text(),
                fact.getString("textHash"));
    }

    @Test
    void ballots_that_do_not_add_up_leave_it_open_with_the_alarm() {
        Village village = Village.open();
        Poll weights = Poll.open(village, Map.of());
        Poll rows = Poll.open(village, Map.of());
        for (Poll poll : List.of(weights, rows)) poll.cast(village.founder(), poll.choice(0));
        Database.update("update ballot set weight = 2 where question_id = ?::uuid", weights.id());
        Database.update("delete from participation where question_id = ?::uuid", rows.id());
        weights.due();
        rows.due();
        for (Poll poll : List.of(weights, rows)) {
            refused(poll.council().sends("{}").post(poll.path() + "/closure"), 503, "tally-mismatch");
            poll.council()
                    .sends()
                    .get(poll.path())
                    .then()
                    .body("state", is("OPEN"))
                    .body("closing", is(true));
        }
        Eventually.holds(() -> {
            String named = Person.nobody()
                    .get("/q/health/well")
                    .then()
                    .statusCode(503)
                    .extract()
                    .path("checks.find { it.name == 'tally-mismatch' }.data.questions");
            assertTrue(named != null && named.contains(weights.id()) && named.contains(rows.id()), named);
        });
        Database.update("update ballot set weight = 1 where question_id = ?::uuid", weights.id());
        Database.update(
                "insert into participation select community_id, question_id, user_id, cast_at from ballot where question_id = ?::uuid",
                rows.id());
        for (Poll poll : List.of(weights, rows))
            Eventually.holds(
                    () -> poll.council().sends().get(poll.path()).then().body("state", is("CLOSED")));
        Eventually.holds(() -> Person.nobody().get("/q/health/well").then().statusCode(200));
    }

    @Test
    void after_the_close_anyone_whom_its_secrecy_lets_can_count_again() {
        Village village = Village.open();
        Person dee = village.member("Dee");
        Poll members = Poll.open(village, Map.of("method", "RANKED"));
        Poll everybody = Poll.open(village, Map.of("secrecy", "PUBLIC"));
        for (Poll poll : List.of(members, everybody)) {
            boolean ranked = poll.equals(members);
            poll.cast(village.founder(), ranked ? poll.ranking(0, 1) : poll.choice(0));
            poll.cast(poll.council(), ranked ? poll.ranking(1) : poll.choice(1));
            poll.cast(dee, poll.choice());
            refused(dee.sends().get(poll.path() + "/ballots"), 403, "results-sealed");
            refused(Person.nobody().get(poll.path() + "/ballots"), 403, "results-sealed");
            poll.council().sends("{}").post(poll.path() + "/closure").then().statusCode(200);
        }
        Person eve = Person.named("Eve");
        for (Person stranger : List.of(eve))
            refused(stranger.sends().get(members.path() + "/ballots"), 403, "votes-not-disclosed");
        refused(Person.nobody().get(members.path() + "/ballots"), 403, "votes-not-disclosed");
        dee.sends()
                .get(members.path() + "/ballots")
                .then()
                .statusCode(200)
                .body("items", hasSize(3))
                .body("items.voter.name", containsInAnyOrder("Ada", "Cem", "Dee"))
                .body(
                        "items.find { it.voter.name == 'Ada' }.ranking",
                        contains(
                                List.of(members.options().get(0)),
                                List.of(members.options().get(1))))
                .body("items.find { it.voter.name == 'Dee' }.choices", empty())
                .body("items.find { it.voter.name == 'Dee' }.ranking", nullValue());
        String next = Person.nobody()
                .get(everybody.path() + "/ballots?limit=2")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .extract()
                .path("next");
        Person.nobody()
                .get(everybody.path() + "/ballots?limit=2&cursor=" + next)
                .then()
                .body("items", hasSize(1))
                .body("next", nullValue());
        String receipt = dee.sends().get(members.path() + "/ballot").path("receipt");
        Person.nobody().get(members.path() + "/receipts/" + receipt).then().body("counted", is(true));
    }

    @Test
    void questions_are_listed_newest_first() {
        Village village = Village.open();
        Poll first = Poll.open(village, Map.of());
        Poll second = Poll.open(village, Map.of("method", "RANKED"));
        Poll draft = Poll.draft(village, Map.of());
        Person.nobody()
                .get(village.path() + "/questions")
                .then()
                .statusCode(200)
                .body("items.id", contains(second.id(), first.id()))
                .body("items.method", contains("RANKED", "SINGLE_CHOICE"))
                .body("items[0].electors", is(2));
        draft.council()
                .sends()
                .get(village.path() + "/questions?limit=1")
                .then()
                .body("items.id", contains(draft.id()))
                .body("next", notNullValue());
        first.due();
        Eventually.holds(() -> Person.nobody()
                .get(village.path() + "/questions?state=CLOSED")
                .then()
                .body("items.id", contains(first.id())));
        refused(Person.nobody().get(village.path() + "/questions?state=VOTING"), 400, "parameter-invalid");
    }

    @Test
    void who_acts_as_another_sees_no_ballot_of_theirs() {
        Village village = Village.open();
        Poll poll = Poll.open(village, Map.of());
        Person dee = village.founder();
        poll.cast(dee, poll.choice(0));
        String token = Person.root()
                .sends(Map.of("reason", "To see what they see.", "minutes", 5))
                .post("/api/v1/users/" + dee.id() + "/impersonation")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        Person admin = dee.by(token);
        admin.sends().get(poll.path()).then().statusCode(200).body("myBallot", nullValue());
        refused(admin.sends().get(poll.path() + "/ballot"), 403, "impersonation-forbidden");
        refused(admin.sends(poll.choice(1)).put(poll.path() + "/ballot"), 403, "impersonation-forbidden");
        refused(admin.sends().delete(poll.path() + "/ballot"), 403, "impersonation-forbidden");
    }

    @Test
    void who_has_left_keeps_the_ballot_and_who_is_suspended_waits() {
        Village village = Village.open();
        Person dee = village.member("Dee");
        Person fay = village.member("Fay");
        Poll poll = Poll.open(village, Map.of());
        village.left(dee);
        assertEquals(201, poll.cast(dee, poll.choice(0)));
        Database.update("update community set visibility = 'PRIVATE' where id = ?::uuid", village.id());
        dee.sends()
                .get(poll.path() + "/ballot")
                .then()
                .statusCode(200)
                .body("choices", contains(poll.options().get(0)));
        missing(Person.named("Eve").sends().get(poll.path() + "/ballot").then());
        village.suspended(fay);
        refused(fay.sends(poll.choice(0)).put(poll.path() + "/ballot"), 403, "membership-suspended");
        refused(fay.sends().delete(poll.path() + "/ballot"), 403, "membership-suspended");
        assertEquals(List.of("1", "1"), poll.rows());
    }

    @Test
    void a_hidden_community_has_no_questions_for_strangers() {
        Village village = Village.hidden();
        Person ada = village.founder();
        String id = ada.sends(Poll.asked(Map.of()))
                .post(village.path() + "/questions")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String path = "/api/v1/questions/" + id;
        ada.sends("{}").post(path + "/opening").then().statusCode(200);
        Person eve = Person.named("Eve");
        for (String part : List.of("", "/result", "/analytics", "/analytics.svg", "/ballots")) {
            missing(eve.sends().get(path + part).then());
            missing(Person.nobody().get(path + part).then());
        }
        missing(eve.sends(Map.of("choices", List.of())).put(path + "/ballot").then());
        missing(eve.sends().get(village.path() + "/questions").then());
    }

    private static JsonObject fact(String kind, Poll poll) {
        return new JsonObject(Database.texts(
                                "select convert_from(body, 'UTF8') from journal_entry where kind = ? and subject_id = ?::uuid",
                                kind,
                                poll.id())
                        .get(0))
                .getJsonObject("fact");
    }

    static void missing(ValidatableResponse answer) {
        answer.statusCode(404).contentType("application/problem+json").body("code", is("not-found"));
    }
}
