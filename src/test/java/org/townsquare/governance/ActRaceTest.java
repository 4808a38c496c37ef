package org.townsquare.governance;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Rush;
import org.townsquare.town.Rush.Answer;
import org.townsquare.town.Village;

/** Acts that cannot both happen, sent at once again and again: one does, and the other is told what became of the proposal. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class ActRaceTest {
    /** -Pchaos does it more often. */
    private static final int ROUNDS = Integer.getInteger("townsquare.race.acts", 12);

    private static final String WHY = "The site was sold.";
    private final Random random = new Random(20261120);

    private static CompletableFuture<Answer> post(Person by, String path, Map<String, ?> body) {
        return Rush.send(by, "POST", path, body);
    }

    /** The answers to both, sent in an order and with a pause that differ from round to round. */
    private List<Answer> race(
            int round, Supplier<CompletableFuture<Answer>> one, Supplier<CompletableFuture<Answer>> other) {
        boolean inOrder = round % 2 == 0;
        var first = (inOrder ? one : other).get();
        LockSupport.parkNanos(random.nextInt(3_000_000));
        var second = (inOrder ? other : one).get();
        return inOrder ? List.of(first.join(), second.join()) : List.of(second.join(), first.join());
    }

    private static String told(Answer answer) {
        return answer.ok() ? "ok" : answer.status() + " " + answer.body().getString("code");
    }

    private static long count(String from, String parameter) {
        return Long.parseLong(
                Database.texts("select count(*) from " + from, parameter).get(0));
    }

    private static long facts(Motion motion, String kind) {
        return motion.facts().stream().filter(kind::equals).count();
    }

    @Test
    void a_review_and_a_withdrawal_are_never_both_done() {
        Village village = Village.open();
        var outcomes = new TreeSet<String>();
        for (int round = 0; round < ROUNDS; round++) {
            Motion motion = Motion.draft(village).submitted();
            List<Answer> answers = race(
                    round,
                    () -> post(motion.council(), motion.path() + "/review", Map.of("decision", "APPROVE")),
                    () -> post(motion.author(), motion.path() + "/withdrawal", Map.of()));
            String told = told(answers.get(0)) + ", " + told(answers.get(1));
            outcomes.add(told);
            boolean opened = answers.get(0).ok();
            assertEquals(opened ? 1 : 0, facts(motion, "ProposalOpened"), told);
            assertEquals(opened ? 0 : 1, facts(motion, "ProposalWithdrawn"), told);
            assertEquals(opened ? 1 : 0, count("electorate where id = ?::uuid", motion.id()), told);
            assertEquals(opened ? 1 : 0, count("review where proposal_id = ?::uuid", motion.id()), told);
        }
        assertTrue(
                Set.of("ok, 409 proposal-already-opened", "409 proposal-not-under-review, ok")
                        .containsAll(outcomes),
                outcomes.toString());
    }

    @Test
    void a_close_and_a_cancellation_are_never_both_done() {
        Village village = Village.open();
        var outcomes = new TreeSet<String>();
        String rule = Motion.rule(village, Map.of("early_close", "BY_COUNCIL"));
        for (int round = 0; round < ROUNDS; round++) {
            Motion motion = Motion.draft(village, Map.of("ruleId", rule)).opened();
            assertEquals(201, motion.vote(motion.author(), "YES"));
            List<Answer> answers = race(
                    round,
                    () -> post(motion.council(), motion.path() + "/closure", Map.of()),
                    () -> post(village.founder(), motion.path() + "/cancellation", Map.of("reason", WHY)));
            String told = told(answers.get(0)) + ", " + told(answers.get(1));
            outcomes.add(told);
            boolean closed = answers.get(0).ok();
            assertEquals(closed ? 1 : 0, facts(motion, "ProposalClosed"), told);
            assertEquals(closed ? 0 : 1, facts(motion, "ProposalCancelled"), told);
            Person.nobody()
                    .get(motion.path())
                    .then()
                    .body("outcomeReason", is(closed ? "THRESHOLD_MET" : "CANCELLED"))
                    .body("tally.final", is(true))
                    .body("tally.yes", is(1));
        }
        assertTrue(
                Set.of("ok, 409 proposal-not-voting", "409 proposal-not-voting, ok")
                        .containsAll(outcomes),
                outcomes.toString());
    }

    @Inject
    Closer closer;

    @Inject
    Replicas replicas;

    private CompletableFuture<Void> round() {
        return replicas.round(closer::run);
    }

    private static void due(Motion motion) {
        Database.update(DUE.formatted(motion.id()));
    }

    private static final String DUE =
            "update proposal set voting_started_at = voting_started_at - interval '10 days', closes_at = clock_timestamp() where id = '%s'";

    @Test
    void many_who_close_at_once_close_once() {
        Village village = Village.open();
        for (int i = 0; i < ROUNDS; i++) {
            Motion motion = Motion.draft(village).opened();
            assertEquals(201, motion.vote(motion.author(), "YES"));
            due(motion);
            var rounds = new ArrayList<CompletableFuture<?>>();
            var closures = new ArrayList<CompletableFuture<Answer>>();
            for (int n = 0; n < 3; n++) {
                rounds.add(round());
                closures.add(post(n == 0 ? motion.council() : motion.author(), motion.path() + "/closure", Map.of()));
            }
            for (var round : rounds) round.join();
            var told = new HashSet<String>();
            for (var closure : closures) told.add(told(closure.join()));
            assertTrue(Set.of("ok", "409 proposal-not-voting").containsAll(told), told.toString());
            assertEquals(1, facts(motion, "ProposalClosed"));
            Person.nobody().get(motion.path()).then().body("status", is("PASSED"));
        }
    }

    private static final String END =
            "update proposal set status = 'REJECTED', outcome = 'REJECTED', outcome_reason = 'NO_VOTES', voting_closed_at = now(), version = version + 1 where id = '%s'";

    private static void assertWaiting(int atLeast) {
        Eventually.holds(
                Duration.ofSeconds(15),
                () -> assertTrue(count(
                                "pg_stat_activity where wait_event_type = 'Lock' and query like 'select p.*%' and ? <> ''",
                                "x")
                        >= atLeast));
    }

    /** It has counted, and waits to write that down, when its connection dies; two more wait for its lock. */
    @Test
    void a_closer_that_is_killed_leaves_the_close_to_the_next() throws Exception {
        Motion motion = Motion.draft().opened();
        assertEquals(201, motion.vote(motion.author(), "NO"));
        assertEquals(201, motion.vote(motion.council(), "NO"));
        var rounds = replicas.killedBetweenCountAndCommit("proposal", () -> due(motion), closer::run);
        for (var round : rounds) round.get(20, TimeUnit.SECONDS);
        Eventually.holds(() -> Person.nobody()
                .get(motion.path())
                .then()
                .body("status", is("REJECTED"))
                .body("outcomeReason", is("THRESHOLD_NOT_MET"))
                .body("tally.no", is(2))
                .body("tally.final", is(true)));
        assertEquals(1, facts(motion, "ProposalClosed"));
    }

    @Test
    void a_comment_that_waits_for_an_end_is_refused() throws Exception {
        Motion motion = Motion.draft().opened();
        try (Connection closing = Database.connect();
                var statement = closing.createStatement()) {
            closing.setAutoCommit(false);
            statement.execute("select 1 from proposal where id = '" + motion.id() + "' for update");
            statement.execute(END.formatted(motion.id()));
            var comment = post(motion.author(), motion.path() + "/comments", Map.of("content", "x"));
            assertWaiting(1);
            closing.commit();
            assertEquals("409 discussion-closed", told(comment.get(20, TimeUnit.SECONDS)));
        }
        assertEquals(0, count("comment where proposal_id = ?::uuid", motion.id()));
    }

    @Test
    void whoever_comes_and_goes_while_a_vote_opens_the_electorate_is_whole_and_stays() {
        Village village = Village.open();
        String rule = Motion.rule(village, Map.of("voter_roles", List.of("ORGANIZER", "COUNCIL")));
        List<Person> losing = IntStream.range(0, 3)
                .mapToObj(i -> village.member("L" + i, "ORGANIZER"))
                .toList();
        List<Person> suspended = IntStream.range(0, 3)
                .mapToObj(i -> village.member("S" + i, "ORGANIZER"))
                .toList();
        List<Person> coming =
                IntStream.range(0, 3).mapToObj(i -> village.member("C" + i)).toList();
        var sizes = new TreeSet<Long>();
        for (int round = 0; round < ROUNDS; round++) {
            Motion motion = Motion.draft(village, Map.of("ruleId", rule)).submitted();
            var moves = new ArrayList<CompletableFuture<Answer>>();
            for (Person person : losing) moves.add(give(village, person));
            var opening = post(motion.council(), motion.path() + "/review", Map.of("decision", "APPROVE"));
            for (Person person : suspended)
                moves.add(post(village.founder(), village.pathOf(person) + "/suspension", Map.of("reason", "x")));
            for (Person person : coming) moves.add(give(village, person, "ORGANIZER"));
            assertEquals("ok", told(opening.join()));
            for (var move : moves) assertEquals("ok", told(move.join()));
            long electors = count("elector where electorate_id = ?::uuid", motion.id());
            sizes.add(electors);
            assertEquals(
                    List.of(electors + " " + electors),
                    Database.texts(
                            "select electors || ' ' || total_weight from electorate where id = ?::uuid", motion.id()));
            // as it was, for the next round
            for (Person person : losing)
                assertEquals("ok", told(give(village, person, "ORGANIZER").join()));
            for (Person person : coming)
                assertEquals("ok", told(give(village, person).join()));
            for (Person person : suspended)
                village.founder()
                        .sends()
                        .delete(village.pathOf(person) + "/suspension")
                        .then()
                        .statusCode(200);
            assertEquals(electors, count("elector where electorate_id = ?::uuid", motion.id()));
        }
        assertTrue(sizes.size() > 1, "nobody came or went while a vote opened: " + sizes);
    }

    private static CompletableFuture<Answer> give(Village village, Person person, String... roles) {
        return Rush.send(
                village.founder(),
                "PUT",
                village.pathOf(person) + "/roles",
                Map.of("roles", new JsonArray(List.of(roles))));
    }
}
