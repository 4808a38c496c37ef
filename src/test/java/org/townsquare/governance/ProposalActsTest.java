package org.townsquare.governance;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.townsquare.governance.ProposalTest.refused;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class ProposalActsTest {
    private static final String WHY = "The site was sold.";

    /** Every act on a proposal, by whoever may do it when its time has come. */
    private static Map<String, Function<Motion, Response>> acts() {
        var acts = new LinkedHashMap<String, Function<Motion, Response>>();
        acts.put(
                "edit",
                it -> it.author()
                        .sends(Map.of("title", "Two benches"))
                        .header("If-Match", "*")
                        .patch(it.path()));
        acts.put("submit", it -> it.author().sends("{}").post(it.path() + "/submission"));
        for (String decision : List.of("RETURN", "REJECT", "APPROVE"))
            acts.put(
                    decision,
                    it -> it.council()
                            .sends(Map.of("decision", decision, "note", "x"))
                            .post(it.path() + "/review"));
        acts.put("vote", it -> it.author().sends(Map.of("choice", "YES")).put(it.path() + "/vote"));
        acts.put("unvote", it -> it.author().sends().delete(it.path() + "/vote"));
        acts.put("close", it -> it.council().sends("{}").post(it.path() + "/closure"));
        acts.put(
                "cancel",
                it -> it.village().founder().sends(Map.of("reason", WHY)).post(it.path() + "/cancellation"));
        acts.put("withdraw", it -> it.author().sends("{}").post(it.path() + "/withdrawal"));
        acts.put("archive", it -> it.council().sends("{}").post(it.path() + "/archival"));
        acts.put("comment", it -> it.author().sends(Map.of("content", "Why?")).post(it.path() + "/comments"));
        return acts;
    }

    private static String told(Response answer) {
        String code = answer.statusCode() < 300 || answer.body().asString().isEmpty() ? "" : " " + answer.path("code");
        return answer.statusCode() + code;
    }

    /** What each act answers, in the order of {@link #acts}. */
    private static void assertAnswers(Function<Village, Motion> at, String... expected) {
        Village village = Village.open();
        int i = 0;
        for (var act : acts().entrySet())
            assertEquals(
                    act.getKey() + " " + expected[i++],
                    act.getKey() + " " + told(act.getValue().apply(at.apply(village))));
        assertEquals(i, expected.length);
    }

    private static Motion quick(Village village) {
        String rule = Motion.rule(village, Map.of("early_close", "BY_COUNCIL"));
        return Motion.draft(village, Map.of("ruleId", rule));
    }

    private static Motion closed(Village village) {
        Motion motion = quick(village).opened();
        motion.vote(motion.author(), "YES");
        motion.council().sends("{}").post(motion.path() + "/closure").then().statusCode(200);
        return motion;
    }

    private static Motion rejected(Village village) {
        Motion motion = Motion.draft(village).submitted();
        acts().get("REJECT").apply(motion).then().statusCode(200);
        return motion;
    }

    private static final String NO_DRAFT = "409 proposal-not-a-draft";
    private static final String NO_REVIEW = "409 proposal-not-under-review";
    private static final String NO_VOTING = "409 proposal-not-voting";
    private static final String OVER = "409 voting-closed";
    private static final String OPENED = "409 proposal-already-opened";
    private static final String UNDECIDED = "409 proposal-not-decided";
    private static final String QUIET = "409 discussion-closed";
    private static final String NONE = "404 not-found";

    @Test
    void a_draft_is_edited_submitted_or_given_up() {
        // to others than its author it does not exist
        assertAnswers(
                Motion::draft, "200", "200", NONE, NONE, NONE, NO_VOTING, NO_VOTING, NONE, NONE, "200", NONE, QUIET);
    }

    @Test
    void what_is_under_review_is_decided_by_the_council_or_taken_back() {
        assertAnswers(
                it -> Motion.draft(it).submitted(),
                NO_DRAFT,
                NO_DRAFT,
                "200",
                "200",
                "200",
                NO_VOTING,
                NO_VOTING,
                NO_VOTING,
                NO_VOTING,
                "200",
                UNDECIDED,
                "201");
    }

    @Test
    void an_open_vote_is_voted_on_closed_or_cancelled() {
        assertAnswers(
                it -> quick(it).opened(),
                NO_DRAFT,
                NO_DRAFT,
                NO_REVIEW,
                NO_REVIEW,
                NO_REVIEW,
                "201",
                "204",
                "200",
                "200",
                OPENED,
                UNDECIDED,
                "201");
    }

    @Test
    void a_decided_proposal_is_archived_and_nothing_else() {
        assertAnswers(
                ProposalActsTest::closed,
                NO_DRAFT,
                NO_DRAFT,
                NO_REVIEW,
                NO_REVIEW,
                NO_REVIEW,
                OVER,
                OVER,
                NO_VOTING,
                NO_VOTING,
                OPENED,
                "200",
                QUIET);
        assertAnswers(
                ProposalActsTest::rejected,
                NO_DRAFT,
                NO_DRAFT,
                NO_REVIEW,
                NO_REVIEW,
                NO_REVIEW,
                NO_VOTING,
                NO_VOTING,
                NO_VOTING,
                NO_VOTING,
                OPENED,
                "200",
                QUIET);
    }

    @Test
    void nothing_is_done_to_what_is_archived() {
        assertAnswers(
                it -> {
                    Motion motion = closed(it);
                    acts().get("archive").apply(motion).then().statusCode(200);
                    return motion;
                },
                NO_DRAFT,
                NO_DRAFT,
                NO_REVIEW,
                NO_REVIEW,
                NO_REVIEW,
                OVER,
                OVER,
                NO_VOTING,
                NO_VOTING,
                OPENED,
                UNDECIDED,
                QUIET);
    }

    @Test
    void a_draft_that_was_given_up_exists_for_its_author_alone() {
        Motion motion = Motion.draft();
        Village village = motion.village();
        acts().get("withdraw")
                .apply(motion)
                .then()
                .statusCode(200)
                .body("status", is("ARCHIVED"))
                .body("outcome", nullValue())
                .body("outcomeReason", is("DISCARDED"))
                .body("archivedAt", notNullValue())
                .body("can.withdraw", is(false));
        for (Person other : List.of(motion.council(), village.founder())) {
            for (String path : List.of("", "/texts", "/reviews", "/comments", "/electorate", "/votes", "/tally"))
                refused(other.sends().get(motion.path() + path), 404, "not-found");
            refused(other.sends(Map.of("choice", "YES")).put(motion.path() + "/vote"), 404, "not-found");
            refused(other.sends(Map.of("content", "x")).post(motion.path() + "/comments"), 404, "not-found");
            refused(other.sends("{}").post(motion.path() + "/archival"), 404, "not-found");
            for (String filter : List.of("", "?status=ARCHIVED", "?q=bench"))
                other.sends().get(village.path() + "/proposals" + filter).then().body("items", empty());
        }
        motion.author()
                .sends()
                .get(village.path() + "/proposals?status=ARCHIVED")
                .then()
                .body("items.id", contains(motion.id()));
        // the same where it had been submitted and came back
        Motion returned = Motion.draft(village).submitted();
        acts().get("RETURN").apply(returned).then().statusCode(200);
        acts().get("withdraw").apply(returned).then().statusCode(200).body("outcomeReason", is("DISCARDED"));
        refused(returned.council().sends().get(returned.path()), 404, "not-found");
    }

    @Test
    void what_was_taken_back_from_review_is_seen_by_all() {
        Motion motion = Motion.draft().submitted();
        refused(motion.council().sends("{}").post(motion.path() + "/withdrawal"), 403, "not-the-author");
        refused(Person.named("Eve").sends("{}").post(motion.path() + "/withdrawal"), 403, "members-only");
        motion.author().sends().get(motion.path()).then().body("can.withdraw", is(true));
        acts().get("withdraw").apply(motion).then().statusCode(200).body("outcomeReason", is("WITHDRAWN"));
        Person.nobody().get(motion.path()).then().statusCode(200).body("status", is("ARCHIVED"));
        assertEquals(List.of("ProposalDrafted", "ProposalSubmitted", "ProposalWithdrawn"), motion.facts());
    }

    @Test
    void a_cancelled_vote_decides_nothing_and_shows_what_was_counted() {
        Village village = Village.open();
        Motion motion = Motion.under(village, Map.of("results", "AFTER_CLOSE")).opened();
        motion.vote(motion.author(), "YES");
        motion.vote(motion.council(), "ABSTAIN");
        refused(
                motion.council().sends(Map.of("reason", WHY)).post(motion.path() + "/cancellation"),
                403,
                "cancel-not-allowed");
        refused(
                Person.named("Eve").sends(Map.of("reason", WHY)).post(motion.path() + "/cancellation"),
                403,
                "cancel-not-allowed");
        for (String reason : List.of("", "too short", "x".repeat(5001)))
            refused(
                    village.founder().sends(Map.of("reason", reason)).post(motion.path() + "/cancellation"),
                    422,
                    "invalid");
        village.founder().sends().get(motion.path()).then().body("can.cancel", is(true));
        motion.council().sends().get(motion.path()).then().body("can.cancel", is(false));
        acts().get("cancel")
                .apply(motion)
                .then()
                .statusCode(200)
                .body("status", is("REJECTED"))
                .body("outcome", is("REJECTED"))
                .body("outcomeReason", is("CANCELLED"))
                .body("cancelReason", is(WHY))
                .body("closedBy", is(village.founder().id()))
                .body("votingClosedAt", notNullValue())
                .body("explanation", nullValue())
                .body("tally.yes", is(1))
                .body("tally.abstain", is(1))
                .body("tally.final", is(true));
        Person.nobody()
                .get(motion.path() + "/tally")
                .then()
                .statusCode(200)
                .body("decided", is(true))
                .body("reason", is("CANCELLED"))
                .body("predicates", empty())
                .body(
                        "sentence",
                        is(
                                "The vote was cancelled: what was counted until then decides nothing. In favour 1, against 0, abstained 1, of 3."));
        assertEquals(
                List.of(WHY),
                Database.texts(
                        "select t.value from journal_text t join journal_entry e on e.id = t.entry_id where e.kind = 'ProposalCancelled' and e.subject_id = ?::uuid",
                        motion.id()));
    }

    @Test
    void the_platform_cancels_where_it_is_no_member() {
        Person root = Person.root();
        Village hidden = Village.hidden();
        Person council = hidden.invites(Person.named("Cem"), "COUNCIL");
        String path = "/api/v1/proposals/"
                + hidden.founder()
                        .sends(Map.of("title", "A bench", "description", "By the oak."))
                        .post(hidden.path() + "/proposals")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        refused(root.sends(Map.of("reason", WHY)).post(path + "/cancellation"), 404, "not-found");
        hidden.founder().sends("{}").post(path + "/submission").then().statusCode(200);
        council.sends(Map.of("decision", "APPROVE"))
                .post(path + "/review")
                .then()
                .statusCode(200);
        refused(root.sends().get(path), 404, "not-found");
        root.sends(Map.of("reason", WHY))
                .post(path + "/cancellation")
                .then()
                .statusCode(200)
                .body("closedBy", is(root.id()));
    }

    @Test
    void past_the_deadline_nobody_cancels() {
        Motion motion = Motion.draft().opened();
        Database.update("update vote set weight = 2 where proposal_id = ?::uuid", motion.id());
        motion.vote(motion.author(), "YES");
        // it stays open, since it does not add up
        Database.update("update vote set weight = 2 where proposal_id = ?::uuid", motion.id());
        refused(acts().get("cancel").apply(motion), 503, "tally-mismatch");
        Database.update(
                "update proposal set voting_started_at = voting_started_at - interval '10 days', closes_at = clock_timestamp() where id = ?::uuid",
                motion.id());
        refused(acts().get("cancel").apply(motion), 409, "voting-closed");
        refused(acts().get("comment").apply(motion), 409, "discussion-closed");
        Database.update("update vote set weight = 1 where proposal_id = ?::uuid", motion.id());
        Eventually.holds(() -> Person.nobody().get(motion.path()).then().body("status", is("PASSED")));
    }

    @Test
    void the_council_archives_what_is_decided() {
        Motion motion = closed(Village.open());
        refused(motion.author().sends("{}").post(motion.path() + "/archival"), 403, "not-allowed");
        motion.council().sends().get(motion.path()).then().body("can.archive", is(true));
        acts().get("archive")
                .apply(motion)
                .then()
                .statusCode(200)
                .body("status", is("ARCHIVED"))
                .body("outcome", is("PASSED"))
                .body("outcomeReason", is("THRESHOLD_MET"))
                .body("tally.yes", is(1))
                .body("can.archive", is(false));
        assertEquals("ProposalArchived", motion.facts().get(motion.facts().size() - 1));
    }

    @Inject
    Archiver archiver;

    @Inject
    Closer closer;

    @Inject
    Vertx vertx;

    private void run(java.util.function.Supplier<Uni<Void>> job) {
        var context = VertxContext.getOrCreateDuplicatedContext(vertx);
        Uni.createFrom()
                .deferred(job)
                .runSubscriptionOn(task -> context.runOnContext(nothing -> task.run()))
                .await()
                .atMost(Duration.ofSeconds(60));
    }

    @Test
    void what_was_decided_365_days_ago_is_archived_by_the_clock() {
        Village village = Village.open();
        Motion old = closed(village);
        Motion younger = closed(village);
        Motion never = rejected(village);
        Database.update(
                "update proposal set voting_started_at = voting_started_at - interval '366 days', closes_at = closes_at - interval '366 days', "
                        + "voting_closed_at = clock_timestamp() - interval '365 days' where id = ?::uuid",
                old.id());
        Database.update(
                "update proposal set voting_started_at = voting_started_at - interval '366 days', closes_at = closes_at - interval '366 days', "
                        + "voting_closed_at = clock_timestamp() - interval '364 days 23 hours' where id = ?::uuid",
                younger.id());
        Database.update(
                "update proposal set reviewed_at = clock_timestamp() - interval '400 days' where id = ?::uuid",
                never.id());
        run(archiver::run);
        run(archiver::run);
        for (Motion archived : List.of(old, never)) {
            Person.nobody().get(archived.path()).then().body("status", is("ARCHIVED"));
            assertEquals(
                    1L,
                    archived.facts().stream().filter("ProposalArchived"::equals).count());
        }
        Person.nobody().get(younger.path()).then().body("status", is("PASSED"));
    }

    @Test
    void a_vote_closes_by_itself_when_all_have_voted_where_the_rule_says_so() {
        Village village = Village.open();
        Motion motion =
                Motion.under(village, Map.of("early_close_by_itself", true)).opened();
        Motion other = Motion.draft(village).opened();
        for (Motion voted : List.of(motion, other))
            for (Person voter : List.of(motion.author(), motion.council(), village.founder())) voted.vote(voter, "YES");
        Eventually.holds(() -> Person.nobody()
                .get(motion.path())
                .then()
                .body("status", is("PASSED"))
                .body("closedBy", nullValue())
                .body("tally.final", is(true)));
        Person.nobody().get(other.path()).then().body("status", is("VOTING"));
    }

    @Test
    void a_vote_that_was_withdrawn_since_the_tally_keeps_it_open() {
        Village village = Village.open();
        Motion motion =
                Motion.under(village, Map.of("early_close_by_itself", true)).opened();
        motion.vote(motion.author(), "YES");
        motion.vote(motion.council(), "YES");
        // as it is shown while the last one takes the vote back
        Database.update("update proposal_tally set voters = 3 where proposal_id = ?::uuid", motion.id());
        run(closer::run);
        Person.nobody().get(motion.path()).then().body("status", is("VOTING"));
    }

    @Test
    void a_second_try_names_the_first() {
        Village village = Village.open();
        Motion first = closed(village);
        Motion second = Motion.draft(village, Map.of("supersedesId", first.id()));
        second.author().sends().get(second.path()).then().body("supersedesId", is(first.id()));
        Motion foreign = closed(Village.open());
        Person dee = village.member("Dee");
        for (String unseen :
                List.of(foreign.id(), second.id(), UUID.randomUUID().toString()))
            refused(
                    dee.sends(Map.of("title", "A bench", "description", "x", "supersedesId", unseen))
                            .post(village.path() + "/proposals"),
                    422,
                    "proposal-unknown");
    }

    @Test
    void others_read_the_texts_that_were_handed_in_and_the_author_every_one() {
        Motion motion = Motion.draft();
        Person author = motion.author();
        String texts = motion.path() + "/texts";
        for (String title : List.of("Two benches", "Three benches"))
            author.sends(Map.of("title", title))
                    .header("If-Match", "*")
                    .patch(motion.path())
                    .then()
                    .statusCode(200);
        refused(motion.council().sends().get(texts), 404, "not-found");
        motion.submitted();
        acts().get("RETURN").apply(motion).then().statusCode(200);
        author.sends(Map.of("title", "Four benches"))
                .header("If-Match", "*")
                .patch(motion.path())
                .then()
                .statusCode(200);
        motion.submitted();
        author.sends()
                .get(texts)
                .then()
                .statusCode(200)
                .body("items.title", contains("Four benches", "Three benches", "Two benches", "A bench"))
                .body("items.revision", contains(3, 2, 1, 0))
                .body("items[2].submittedAt", nullValue());
        Person.nobody()
                .get(texts)
                .then()
                .statusCode(200)
                .body("items.title", contains("Four benches", "Three benches"))
                .body("items[0].description", is("By the oak."))
                .body("items[0].submittedAt", notNullValue());
        String next = author.sends()
                .get(texts + "?limit=3")
                .then()
                .body("items", hasSize(3))
                .extract()
                .path("next");
        author.sends().get(texts + "?limit=3&cursor=" + next).then().body("items.title", contains("A bench"));
    }

    @Test
    void every_review_is_kept_in_order() {
        Motion motion = Motion.draft().submitted();
        acts().get("RETURN").apply(motion).then().statusCode(200);
        motion.opened();
        Person.nobody()
                .get(motion.path() + "/reviews")
                .then()
                .statusCode(200)
                .body("items.decision", contains("RETURN", "APPROVE"))
                .body("items.note", contains("x", ""))
                .body("items[0].reviewerId", is(motion.council().id()))
                .body("items[0].reviewedAt", notNullValue());
        Motion draft = Motion.draft(motion.village());
        refused(draft.council().sends().get(draft.path() + "/reviews"), 404, "not-found");
    }
}
