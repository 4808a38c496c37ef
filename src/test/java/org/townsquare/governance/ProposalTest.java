package org.townsquare.governance;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class ProposalTest {
    private static final String LONG_AGO = "2001-01-01T00:00:00Z";

    @Test
    void a_proposal_goes_from_its_draft_to_its_outcome() {
        Village village = Village.open();
        Person dee = village.member("Dee");
        Motion motion = Motion.draft(village);
        motion.author()
                .sends()
                .get(motion.path())
                .then()
                .statusCode(200)
                .body("status", is("DRAFT"))
                .body("author.name", is("Bea"))
                .body("tally", nullValue())
                .body("can.edit", is(true))
                .body("can.submit", is(true))
                .body("can.vote", is(false));
        motion.author()
                .sends("{}")
                .post(motion.path() + "/submission")
                .then()
                .statusCode(200)
                .body("status", is("UNDER_REVIEW"))
                .body("submittedAt", notNullValue())
                .body("can.edit", is(false));
        motion.council().sends().get(motion.path()).then().body("can.review", is(true));
        Instant closesAt = Instant.now().plus(2, ChronoUnit.SECONDS).truncatedTo(ChronoUnit.MICROS);
        motion.council()
                .sends(Map.of("decision", "APPROVE", "note", "Good.", "closesAt", closesAt.toString()))
                .post(motion.path() + "/review")
                .then()
                .statusCode(200)
                .body("status", is("VOTING"))
                .body("closesAt", is(closesAt.toString()))
                .body("reviewNote", is("Good."))
                .body("reviewedBy", is(motion.council().id()))
                .body("electors", is(4))
                .body("totalWeight", is(4))
                .body("rule.name", is("simple-majority"))
                .body("tally.yes", is(0))
                .body("tally.final", is(false))
                .body("can.vote", is(true))
                .body("can.close", is(false));
        String receipt = dee.sends(Map.of("choice", "NO"))
                .put(motion.path() + "/vote")
                .then()
                .statusCode(201)
                .body("choice", is("NO"))
                .body("castAt", notNullValue())
                .body("receipt", matchesPattern("[A-Za-z0-9_-]{43}"))
                .extract()
                .path("receipt");
        dee.sends(Map.of("choice", "NO"))
                .put(motion.path() + "/vote")
                .then()
                .statusCode(200)
                .body("receipt", is(receipt));
        dee.sends(Map.of("choice", "YES"))
                .put(motion.path() + "/vote")
                .then()
                .statusCode(200)
                .body("choice", is("YES"));
        assertEquals(201, motion.vote(motion.author(), "YES"));
        assertEquals(201, motion.vote(motion.council(), "ABSTAIN"));
        dee.sends().get(motion.path()).then().body("myVote.choice", is("YES"));
        Eventually.holds(() -> Person.nobody()
                .get(motion.path())
                .then()
                .statusCode(200)
                .body("status", is("PASSED"))
                .body("closing", is(false))
                .body("tally.yes", is(2))
                .body("tally.no", is(0))
                .body("tally.abstain", is(1))
                .body("tally.voters", is(3))
                .body("tally.final", is(true))
                .body("outcome", is("PASSED"))
                .body("outcomeReason", is("THRESHOLD_MET"))
                .body("votingClosedAt", notNullValue())
                .body("closedBy", nullValue())
                .body("myVote", nullValue())
                .body("explanation.counts.yes", is("2"))
                .body("explanation.counts.electorate", is("4"))
                .body("explanation.predicates.name", contains("threshold-1", "ahead", "floor"))
                .body("explanation.predicates[0].formula", is("Y*2 > 1*(Y+N)"))
                .body("explanation.predicates.holds", contains(true, true, true)));
        assertEquals(
                List.of(
                        "ProposalDrafted",
                        "ProposalSubmitted",
                        "ProposalReviewed",
                        "ProposalOpened",
                        "VoteCast",
                        "VoteChanged",
                        "VoteCast",
                        "VoteCast",
                        "ProposalClosed"),
                motion.facts());
    }

    @Test
    void the_journal_holds_the_receipt_and_never_the_choice() {
        Motion motion = Motion.draft().opened();
        String receipt = motion.author()
                .sends(Map.of("choice", "ABSTAIN"))
                .put(motion.path() + "/vote")
                .then()
                .extract()
                .path("receipt");
        String body = Database.texts(
                        "select convert_from(body, 'UTF8') from journal_entry where kind = 'VoteCast' and subject_id = (select id from vote where proposal_id = ?::uuid)",
                        motion.id())
                .get(0);
        JsonObject entry = new JsonObject(body);
        JsonObject fact = entry.getJsonObject("fact");
        assertEquals("VoteCast", entry.getString("kind"));
        assertEquals(motion.village().id(), fact.getString("communityId"));
        assertEquals(motion.village().id(), entry.getString("community"));
        assertEquals(entry.getJsonObject("subject").getString("id"), fact.getString("voteId"));
        assertEquals(motion.id(), fact.getString("proposalId"));
        assertEquals(receipt, fact.getString("receipt"));
        assertTrue(!body.contains("ABSTAIN") && !body.contains("00000000-0000-0000-0000"), body);
        assertEquals(
                "1",
                Database.texts("select count(*) from journal_origin where entry_id = ?::uuid", entry.getString("id"))
                        .get(0));
        motion.vote(motion.author(), "NO");
        String changed = Database.texts(
                        "select convert_from(body, 'UTF8') from journal_entry where kind = 'VoteChanged' and subject_id = ?::uuid",
                        fact.getString("voteId"))
                .get(0);
        assertEquals("VoteChanged", new JsonObject(changed).getString("kind"));
    }

    @Test
    void a_voter_can_open_the_receipt_with_the_nonce() {
        Motion motion = Motion.draft().opened();
        String receipt = motion.author()
                .sends(Map.of("choice", "YES"))
                .put(motion.path() + "/vote")
                .then()
                .extract()
                .path("receipt");
        String nonce = Database.texts(
                        "select translate(encode(nonce, 'base64'), '+/=', '-_') from vote where proposal_id = ?::uuid",
                        motion.id())
                .get(0);
        assertEquals(
                receipt,
                org.townsquare.platform.Digest.ofLines(
                                "townsquare-vote-1",
                                motion.id(),
                                motion.author().id(),
                                "YES",
                                nonce)
                        .text());
    }

    @Test
    void every_change_of_a_vote_is_kept() {
        Motion motion = Motion.draft().opened();
        for (String choice : List.of("YES", "NO", "NO", "ABSTAIN")) motion.vote(motion.author(), choice);
        assertEquals(
                List.of("0 YES", "1 NO", "2 ABSTAIN"),
                Database.texts(
                        "select revision || ' ' || choice from (select c.revision, c.choice from vote_change c join vote v on v.id = c.vote_id where v.proposal_id = ?::uuid "
                                + "union all select revision, choice from vote where proposal_id = ?::uuid) x order by revision",
                        motion.id(),
                        motion.id()));
    }

    @Test
    void a_draft_exists_for_its_author_alone() {
        Motion motion = Motion.draft();
        for (Person stranger : List.of(motion.council(), motion.village().founder(), Person.named("Eve"))) {
            missing(stranger.sends().get(motion.path()).then());
            missing(stranger.sends("{}").post(motion.path() + "/submission").then());
            missing(stranger.sends(Map.of("decision", "APPROVE"))
                    .post(motion.path() + "/review")
                    .then());
            missing(stranger.sends("{}").post(motion.path() + "/closure").then());
            missing(stranger.sends(Map.of("title", "Mine"))
                    .header("If-Match", "*")
                    .patch(motion.path())
                    .then());
            missing(stranger.sends(Map.of("choice", "YES"))
                    .put(motion.path() + "/vote")
                    .then());
            stranger.sends()
                    .get(motion.village().path() + "/proposals")
                    .then()
                    .statusCode(200)
                    .body("items", empty());
        }
        missing(Person.nobody().get(motion.path()).then());
        motion.author()
                .sends()
                .get(motion.village().path() + "/proposals?status=DRAFT")
                .then()
                .body("items.id", contains(motion.id()));
    }

    @Test
    void a_private_community_has_no_proposals_for_strangers() {
        Village village = Village.of(Map.of("visibility", "PRIVATE"));
        Person ada = village.founder();
        String id = ada.sends(Map.of("title", "A bench", "description", "By the oak."))
                .post(village.path() + "/proposals")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        ada.sends("{}").post("/api/v1/proposals/" + id + "/submission").then().statusCode(200);
        Person eve = Person.named("Eve");
        missing(eve.sends().get("/api/v1/proposals/" + id).then());
        missing(Person.nobody().get("/api/v1/proposals/" + id).then());
        missing(eve.sends().get(village.path() + "/proposals").then());
        missing(Person.nobody().get(village.path() + "/proposals").then());
        missing(eve.sends().get(village.path() + "/decision-rules").then());
        missing(eve.sends(Map.of("title", "A bench", "description", "x"))
                .post(village.path() + "/proposals")
                .then());
        missing(eve.sends(Map.of("choice", "YES"))
                .put("/api/v1/proposals/" + id + "/vote")
                .then());
        ada.sends().get("/api/v1/proposals/" + id).then().statusCode(200);
    }

    @Test
    void edits_need_the_version_they_were_made_on_and_keep_every_text() {
        Motion motion = Motion.draft();
        Person author = motion.author();
        String etag = author.sends().get(motion.path()).then().extract().header("ETag");
        refused(author.sends(Map.of("title", "Two benches")).patch(motion.path()), 428, "if-match-required");
        String next = author.sends(Map.of("title", "Two benches"))
                .header("If-Match", etag)
                .patch(motion.path())
                .then()
                .statusCode(200)
                .body("title", is("Two benches"))
                .body("description", is("By the oak."))
                .extract()
                .header("ETag");
        refused(
                author.sends(Map.of("title", "Three benches"))
                        .header("If-Match", etag)
                        .patch(motion.path()),
                412,
                "stale");
        author.sends(Map.of("title", "Two benches"))
                .header("If-Match", next)
                .patch(motion.path())
                .then()
                .statusCode(200)
                .header("ETag", is(next));
        author.sends(Map.of("description", "🌳 עץ\u202e"))
                .header("If-Match", next)
                .patch(motion.path())
                .then()
                .statusCode(200)
                .body("description", is("🌳 עץ\u202e"));
        assertEquals(
                List.of("0 A bench", "1 Two benches", "2 Two benches"),
                Database.texts(
                        "select revision || ' ' || title from proposal_text where proposal_id = ?::uuid order by revision",
                        motion.id()));
        assertEquals(List.of("ProposalDrafted", "ProposalEdited", "ProposalEdited"), motion.facts());
        motion.submitted();
        refused(
                author.sends(Map.of("title", "Late")).header("If-Match", "*").patch(motion.path()),
                409,
                "proposal-not-a-draft");
        refused(
                motion.council()
                        .sends(Map.of("title", "Mine"))
                        .header("If-Match", "*")
                        .patch(motion.path()),
                403,
                "not-the-author");
    }

    @Test
    void only_the_author_submits_and_only_a_whole_draft() {
        Motion motion = Motion.draft(Village.open(), Map.of("title", "A", "description", " "));
        refused(motion.author().sends("{}").post(motion.path() + "/submission"), 422, "proposal-incomplete");
        motion.author()
                .sends(Map.of("title", "A bench", "description", "x"))
                .header("If-Match", "*")
                .patch(motion.path())
                .then()
                .statusCode(200);
        motion.submitted();
        refused(motion.author().sends("{}").post(motion.path() + "/submission"), 409, "proposal-not-a-draft");
        refused(motion.council().sends("{}").post(motion.path() + "/submission"), 403, "not-the-author");
        refused(
                motion.author().sends(Map.of("choice", "YES")).put(motion.path() + "/vote"),
                409,
                "proposal-not-voting");
        refused(motion.council().sends("{}").post(motion.path() + "/closure"), 409, "proposal-not-voting");
    }

    @Test
    void strangers_and_those_without_the_role_act_on_nothing() {
        Motion motion = Motion.draft().submitted();
        Person eve = Person.named("Eve");
        refused(
                eve.sends(Map.of("title", "A bench", "description", "x"))
                        .post(motion.village().path() + "/proposals"),
                403,
                "members-only");
        var approval = Map.of("decision", "APPROVE", "note", "");
        refused(eve.sends(approval).post(motion.path() + "/review"), 403, "review-not-allowed");
        refused(motion.author().sends(approval).post(motion.path() + "/review"), 403, "review-not-allowed");
        for (String act : List.of("submission", "review", "closure"))
            Person.nobody()
                    .body("{}")
                    .post(motion.path() + "/" + act)
                    .then()
                    .statusCode(401)
                    .body("code", is("sign-in-required"));
        Person.nobody().body("{}").put(motion.path() + "/vote").then().statusCode(401);
        missing(eve.sends().get("/api/v1/proposals/" + UUID.randomUUID()).then());
        missing(eve.sends(Map.of("choice", "YES"))
                .put("/api/v1/proposals/" + UUID.randomUUID() + "/vote")
                .then());
    }

    @Test
    void a_returned_proposal_comes_back_to_its_author() {
        Motion motion = Motion.draft().submitted();
        refused(
                motion.council()
                        .sends(Map.of("decision", "RETURN", "note", " "))
                        .post(motion.path() + "/review"),
                422,
                "note-needed");
        refused(
                motion.council().sends(Map.of("decision", "REJECT")).post(motion.path() + "/review"),
                422,
                "note-needed");
        motion.council()
                .sends(Map.of("decision", "RETURN", "note", "Which oak?"))
                .post(motion.path() + "/review")
                .then()
                .statusCode(200)
                .body("status", is("DRAFT"));
        missing(motion.council().sends().get(motion.path()).then());
        motion.author()
                .sends()
                .get(motion.path())
                .then()
                .body("status", is("DRAFT"))
                .body("reviewNote", is("Which oak?"))
                .body("can.submit", is(true));
        motion.submitted();
        motion.council()
                .sends()
                .get(motion.path())
                .then()
                .body("status", is("UNDER_REVIEW"))
                .body("reviewNote", nullValue());
        assertEquals(
                List.of("RETURN Which oak?"),
                Database.texts("select decision || ' ' || note from review where proposal_id = ?::uuid", motion.id()));
        assertEquals(
                List.of("Which oak?"),
                Database.texts(
                        "select t.value from journal_text t join journal_entry e on e.id = t.entry_id where e.subject_id = ?::uuid",
                        motion.id()));
    }

    @Test
    void rejecting_ends_a_proposal() {
        Motion motion = Motion.draft().submitted();
        motion.council()
                .sends(Map.of("decision", "REJECT", "note", "No money."))
                .post(motion.path() + "/review")
                .then()
                .statusCode(200)
                .body("status", is("REJECTED"))
                .body("outcome", is("REJECTED"))
                .body("outcomeReason", is("REVIEW_REJECTED"))
                .body("reviewNote", is("No money."))
                .body("explanation", nullValue());
        refused(
                motion.council().sends(Map.of("decision", "APPROVE")).post(motion.path() + "/review"),
                409,
                "proposal-not-under-review");
        refused(
                motion.author().sends(Map.of("choice", "YES")).put(motion.path() + "/vote"),
                409,
                "proposal-not-voting");
        refused(motion.author().sends("{}").post(motion.path() + "/submission"), 409, "proposal-not-a-draft");
    }

    @Test
    void nobody_reviews_an_own_proposal_unless_the_rule_lets_them_approve_it() {
        Village village = Village.open();
        Motion motion = Motion.draft(village).submitted();
        village.founder()
                .sends(Map.of("roles", List.of("COUNCIL")))
                .put(village.path() + "/members/" + motion.author().id() + "/roles")
                .then()
                .statusCode(200);
        refused(
                motion.author().sends(Map.of("decision", "APPROVE")).post(motion.path() + "/review"),
                403,
                "own-proposal");
        Motion other = Motion.under(village, Map.of("self_review", true)).submitted();
        village.founder()
                .sends(Map.of("roles", List.of("COUNCIL")))
                .put(village.path() + "/members/" + other.author().id() + "/roles")
                .then()
                .statusCode(200);
        motion.author().sends().get(motion.path()).then().body("can.review", is(false));
        other.author().sends().get(other.path()).then().body("can.review", is(true));
        refused(
                other.author().sends(Map.of("decision", "REJECT", "note", "x")).post(other.path() + "/review"),
                403,
                "own-proposal");
        other.author()
                .sends(Map.of("decision", "APPROVE"))
                .post(other.path() + "/review")
                .then()
                .statusCode(200)
                .body("status", is("VOTING"));
    }

    @Test
    void the_deadline_lies_within_the_time_of_the_rule() {
        Motion motion = Motion.under(
                        Village.open(),
                        Map.of(
                                "min_voting_seconds",
                                3600,
                                "default_voting_seconds",
                                7200,
                                "max_voting_seconds",
                                10_000))
                .submitted();
        for (Instant closesAt : List.of(
                Instant.now().plusSeconds(3500),
                Instant.now().plusSeconds(10_100),
                Instant.parse(LONG_AGO),
                Instant.parse("9999-12-31T23:59:59Z"),
                Instant.parse("0001-01-01T00:00:00Z")))
            refused(
                    motion.council()
                            .sends(Map.of("decision", "APPROVE", "closesAt", closesAt.toString()))
                            .post(motion.path() + "/review"),
                    422,
                    "closes-at-out-of-range");
        var opened = motion.council()
                .sends(Map.of("decision", "APPROVE"))
                .post(motion.path() + "/review")
                .then()
                .statusCode(200)
                .extract();
        assertEquals(
                Instant.parse(opened.path("votingStartedAt")).plusSeconds(7200),
                Instant.parse(opened.path("closesAt")));
    }

    @Test
    void the_rule_is_frozen_when_the_vote_opens() {
        Motion motion = Motion.draft().opened();
        var shown = motion.author().sends().get(motion.path()).then().extract();
        String copy = new JsonObject(shown.<Map<String, Object>>path("rule")).encode();
        assertEquals(RuleTerms.of(new JsonObject(copy)).hash().text(), shown.path("ruleHash"));
        assertEquals(Presets.SIMPLE_MAJORITY.hash().text(), shown.path("ruleHash"));
        for (String change : List.of(
                "update decision_rule set yes_at_least = 2 where community_id = ?::uuid",
                "update decision_threshold set num = 3, den = 4 where community_id = ?::uuid",
                "delete from decision_threshold where community_id = ?::uuid"))
            assertTrue(String.valueOf(assertThrows(
                            IllegalStateException.class,
                            () -> Database.update(change, motion.village().id())))
                    .contains("never changes"));
        Database.update(
                "update decision_rule set is_default = false where community_id = ?::uuid",
                motion.village().id());
    }

    @Test
    void a_community_begins_with_four_rules() {
        Village village = Village.open();
        Person.nobody()
                .get(village.path() + "/decision-rules")
                .then()
                .statusCode(200)
                .body("items.name", contains("simple-majority", "two-thirds", "absolute-majority", "unanimity"))
                .body("items.isDefault", contains(true, false, false, false))
                .body("items[1].thresholds", is(List.of(Map.of("base", "CAST", "num", 2, "den", 3, "strict", false))))
                .body("items[1].quorumKind", is("AFFIRMATIVE"))
                .body("items[3].warnings", contains("NO_SHOW_PARADOX", "SHORT_VOTING"));
        String next = Person.nobody()
                .get(village.path() + "/decision-rules?limit=3")
                .then()
                .body("items", hasSize(3))
                .extract()
                .path("next");
        Person.nobody()
                .get(village.path() + "/decision-rules?limit=3&cursor=" + next)
                .then()
                .body("items.name", contains("unanimity"))
                .body("next", nullValue());
    }

    @Test
    void a_rule_of_another_community_is_unknown() {
        String foreign = Person.nobody()
                .get(Village.open().path() + "/decision-rules")
                .then()
                .extract()
                .path("items[0].id");
        Village village = Village.open();
        refused(
                village.founder()
                        .sends(Map.of("title", "A bench", "description", "x", "ruleId", foreign))
                        .post(village.path() + "/proposals"),
                422,
                "rule-unknown");
        Motion motion = Motion.draft(village);
        refused(
                motion.author()
                        .sends(Map.of("ruleId", foreign))
                        .header("If-Match", "*")
                        .patch(motion.path()),
                422,
                "rule-unknown");
    }

    @Test
    void who_joins_after_the_opening_does_not_vote() {
        Motion motion = Motion.draft().opened();
        Person late = motion.village().member("Lea");
        refused(late.sends(Map.of("choice", "YES")).put(motion.path() + "/vote"), 403, "not-in-electorate");
        refused(
                Person.named("Eve").sends(Map.of("choice", "YES")).put(motion.path() + "/vote"),
                403,
                "not-in-electorate");
        late.sends().get(motion.path()).then().body("can.vote", is(false));
    }

    /** Who joined on a replica whose clock is ahead. */
    @Test
    void a_member_is_an_elector_whatever_a_clock_said_at_joining() {
        Village village = Village.open();
        Motion motion = Motion.draft(village).submitted();
        Database.update(
                "update member set joined_at = clock_timestamp() + interval '5 seconds' where community_id = ?::uuid and user_id = ?::uuid",
                village.id(),
                motion.author().id());
        motion.council()
                .sends(Map.of("decision", "APPROVE"))
                .post(motion.path() + "/review")
                .then()
                .statusCode(200)
                .body("electors", is(3));
        assertEquals(201, motion.vote(motion.author(), "YES"));
    }

    @Test
    void the_electorate_is_who_the_rule_names_with_their_weights() {
        Village village = Village.open();
        Motion motion = Motion.under(
                village,
                Map.of(
                        "voter_roles", List.of("COUNCIL", "ADMIN"),
                        "weighting", "BY_ROLE",
                        "role_weights", Map.of("COUNCIL", 5, "CITIZEN", 2)));
        village.member("Dee");
        motion.opened();
        motion.council()
                .sends()
                .get(motion.path())
                .then()
                .body("electors", is(2))
                .body("totalWeight", is(7));
        refused(motion.author().sends(Map.of("choice", "YES")).put(motion.path() + "/vote"), 403, "not-in-electorate");
        assertEquals(201, motion.vote(motion.council(), "YES"));
        assertEquals(201, motion.vote(village.founder(), "NO"));
        village.founder()
                .sends("{}")
                .post(motion.path() + "/closure")
                .then()
                .statusCode(200)
                .body("status", is("PASSED"))
                .body("tally.yes", is(5))
                .body("tally.no", is(2))
                .body("closedBy", is(village.founder().id()));
    }

    @Test
    void an_empty_electorate_opens_no_vote() {
        Motion motion =
                Motion.under(Village.open(), Map.of("tenure_seconds", 86_400)).submitted();
        refused(
                motion.council().sends(Map.of("decision", "APPROVE")).post(motion.path() + "/review"),
                409,
                "electorate-empty");
        motion.council()
                .sends()
                .get(motion.path())
                .then()
                .body("status", is("UNDER_REVIEW"))
                .body("reviewedBy", nullValue());
        assertEquals(List.of("ProposalDrafted", "ProposalSubmitted"), motion.facts());
    }

    @Test
    void the_council_closes_early_as_the_rule_says() {
        Village village = Village.open();
        Motion allVoted = Motion.draft(village).opened();
        refused(allVoted.council().sends("{}").post(allVoted.path() + "/closure"), 409, "too-early-to-close");
        refused(allVoted.author().sends("{}").post(allVoted.path() + "/closure"), 403, "not-allowed");
        refused(Person.named("Eve").sends("{}").post(allVoted.path() + "/closure"), 403, "members-only");
        for (Person voter : List.of(allVoted.author(), allVoted.council(), village.founder()))
            assertEquals(201, allVoted.vote(voter, "NO"));
        allVoted.council()
                .sends("{}")
                .post(allVoted.path() + "/closure")
                .then()
                .statusCode(200)
                .body("status", is("REJECTED"))
                .body("outcomeReason", is("THRESHOLD_NOT_MET"))
                .body("closedBy", is(allVoted.council().id()));
        refused(allVoted.council().sends("{}").post(allVoted.path() + "/closure"), 409, "proposal-not-voting");
        refused(allVoted.author().sends(Map.of("choice", "YES")).put(allVoted.path() + "/vote"), 409, "voting-closed");

        Motion byCouncil =
                Motion.under(village, Map.of("early_close", "BY_COUNCIL")).opened();
        byCouncil
                .council()
                .sends("{}")
                .post(byCouncil.path() + "/closure")
                .then()
                .statusCode(200)
                .body("outcomeReason", is("NO_VOTES"));

        Motion never = Motion.under(village, Map.of("early_close", "NEVER")).opened();
        for (Person voter : List.of(never.author(), never.council(), village.founder())) never.vote(voter, "YES");
        refused(never.council().sends("{}").post(never.path() + "/closure"), 409, "too-early-to-close");
    }

    @Test
    void after_the_deadline_everyone_who_sees_it_may_close_and_nobody_votes() {
        Motion motion = Motion.draft().opened(Instant.now().plusMillis(300));
        Person eve = Person.named("Eve");
        Eventually.holds(() -> refused(
                motion.author().sends(Map.of("choice", "NO")).put(motion.path() + "/vote"), 409, "voting-closed"));
        // either we close it, or the clock was faster
        int status = eve.sends("{}").post(motion.path() + "/closure").statusCode();
        assertTrue(status == 200 || status == 409, "was " + status);
        eve.sends()
                .get(motion.path())
                .then()
                .body("status", is("REJECTED"))
                .body("closedBy", nullValue())
                .body("tally.final", is(true));
        assertEquals(
                1L, motion.facts().stream().filter("ProposalClosed"::equals).count());
    }

    @Test
    void counts_are_hidden_until_the_close_where_the_rule_says_so() {
        Village village = Village.open();
        Motion motion = Motion.under(village, Map.of("results", "AFTER_CLOSE", "early_close", "BY_COUNCIL"))
                .opened();
        motion.vote(motion.author(), "YES");
        for (Person reader : List.of(motion.author(), motion.council(), village.founder())) {
            reader.sends().get(motion.path()).then().body("tally", nullValue()).body("electors", is(3));
            reader.sends()
                    .get(village.path() + "/proposals")
                    .then()
                    .body("items[0].id", is(motion.id()))
                    .body("items[0].tally", nullValue());
        }
        motion.author().sends().get(motion.path()).then().body("myVote.choice", is("YES"));
        motion.council()
                .sends("{}")
                .post(motion.path() + "/closure")
                .then()
                .statusCode(200)
                .body("tally.yes", is(1));
    }

    @Inject
    Closer closer;

    @Inject
    Vertx vertx;

    private void nextRound() {
        var context = VertxContext.getOrCreateDuplicatedContext(vertx);
        Uni.createFrom()
                .deferred(closer::run)
                .runSubscriptionOn(task -> context.runOnContext(nothing -> task.run()))
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    @Test
    void a_vote_whose_counts_differ_stays_open_until_they_agree_and_is_reported_once() {
        var reports = new CopyOnWriteArrayList<String>();
        var log = Logger.getLogger(ClosingRounds.class.getName());
        var handler = new Handler() {
            @Override
            public void publish(LogRecord report) {
                reports.add(report.getLevel() + " " + report.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(handler);
        Motion motion = Motion.draft().opened();
        motion.vote(motion.author(), "YES");
        Database.update("update vote set weight = 2 where proposal_id = ?::uuid", motion.id());
        Database.update(
                "update proposal set voting_started_at = voting_started_at - interval '10 days', closes_at = clock_timestamp() where id = ?::uuid",
                motion.id());
        motion.author()
                .sends()
                .get(motion.path())
                .then()
                .body("status", is("VOTING"))
                .body("closing", is(true))
                .body("can.vote", is(false))
                .body("can.close", is(true));
        refused(motion.author().sends("{}").post(motion.path() + "/closure"), 503, "tally-mismatch");
        Eventually.holds(() -> Person.nobody()
                .get("/q/health/well")
                .then()
                .statusCode(503)
                .body("checks.find { it.name == 'tally-mismatch' }.data.proposals", is(motion.id())));
        for (int i = 0; i < 3; i++) nextRound();
        log.removeHandler(handler);
        assertEquals(1, reports.stream().filter(it -> it.contains(motion.id())).count(), reports.toString());
        motion.author().sends().get(motion.path()).then().body("status", is("VOTING"));
        Database.update("update vote set weight = 1 where proposal_id = ?::uuid", motion.id());
        Eventually.holds(() -> motion.author().sends().get(motion.path()).then().body("status", is("PASSED")));
        Eventually.holds(() -> Person.nobody().get("/q/health/well").then().statusCode(200));
    }

    @Test
    void proposals_are_listed_newest_first() {
        Village village = Village.open();
        Motion first = Motion.draft(village).opened();
        Motion second = Motion.draft(village).submitted();
        Motion third = Motion.draft(village).submitted();
        Motion draft = Motion.draft(village);
        first.vote(first.author(), "YES");
        Eventually.holds(() -> Person.nobody()
                .get(village.path() + "/proposals?status=VOTING&limit=20")
                .then()
                .statusCode(200)
                .body("items.id", contains(first.id()))
                .body("items[0].title", is("A bench"))
                .body("items[0].status", is("VOTING"))
                .body("items[0].author.id", is(first.author().id()))
                .body("items[0].author.name", is("Bea"))
                .body("items[0].tally.yes", is(1))
                .body("items[0].tally.voters", is(1))
                .body("items[0].closesAt", notNullValue())
                .body("next", nullValue()));
        String next = Person.nobody()
                .get(village.path() + "/proposals?limit=2")
                .then()
                .body("items.id", contains(third.id(), second.id()))
                .body("items.tally", contains(nullValue(), nullValue()))
                .extract()
                .path("next");
        Person.nobody()
                .get(village.path() + "/proposals?limit=2&cursor=" + next)
                .then()
                .body("items.id", contains(first.id()))
                .body("next", nullValue());
        draft.author()
                .sends()
                .get(village.path() + "/proposals")
                .then()
                .body("items.id", containsInAnyOrder(draft.id(), third.id(), second.id(), first.id()));
        Person.nobody()
                .get(village.path() + "/proposals?status=OPEN")
                .then()
                .statusCode(400)
                .body("code", is("parameter-invalid"));
    }

    @Test
    void a_member_keeps_no_more_drafts_than_allowed() {
        Motion motion = Motion.draft();
        draftMore(motion, 499);
        refused(
                motion.author()
                        .sends(Map.of("title", "One more", "description", ""))
                        .post(motion.village().path() + "/proposals"),
                409,
                "too-many-drafts");
    }

    /** So many drafts like it. */
    static void draftMore(Motion motion, int drafts) {
        Database.update(
                "insert into proposal (community_id, id, version, created_at, updated_at, author_id, title, description, status) "
                        + "select community_id, gen_random_uuid(), 0, now(), now(), author_id, title, '', 'DRAFT' from proposal, generate_series(1, ?) where id = ?::uuid",
                drafts,
                motion.id());
    }

    private static void missing(ValidatableResponse answer) {
        answer.statusCode(404).contentType("application/problem+json").body("code", is("not-found"));
    }

    static void refused(io.restassured.response.Response answer, int status, String code) {
        answer.then().statusCode(status).contentType("application/problem+json").body("code", is(code));
    }
}
