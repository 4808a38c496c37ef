package org.townsquare.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Poll;
import org.townsquare.town.Rush;
import org.townsquare.town.Rush.Answer;
import org.townsquare.town.Village;

/** What several do to one question at the same time. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class QuestionRaceTest {
    private static final long SEED = 4;
    private static final int ROUNDS = 30;
    private static final int VOTERS = 6;

    @Test
    void sixty_four_first_ballots_of_one_member_are_one_ballot() {
        Village village = Village.open();
        Poll poll = Poll.open(village, Map.of());
        List<Answer> answers = all(IntStream.range(0, 64)
                .mapToObj(i -> cast(poll, village.founder(), 0))
                .toList());
        assertEquals(1, answers.stream().filter(it -> it.status() == 201).count(), answers.toString());
        assertEquals(63, answers.stream().filter(it -> it.status() == 200).count());
        assertEquals(
                1,
                answers.stream()
                        .map(it -> it.body().getString("receipt") + it.body().getString("castAt"))
                        .distinct()
                        .count());
        assertEquals(List.of("1", "1"), poll.rows());
        assertEquals(1, poll.facts().stream().filter("BallotCast"::equals).count());
        assertFalse(poll.facts().contains("BallotChanged"));
    }

    @Test
    void sixty_four_different_ballots_and_withdrawals_of_one_member_come_one_after_the_other() {
        Village village = Village.open();
        Poll poll = Poll.open(village, Map.of());
        List<Answer> answers = all(IntStream.range(0, 64)
                .mapToObj(i -> i % 4 == 3 ? withdraw(poll, village.founder()) : cast(poll, village.founder(), i % 4))
                .toList());
        assertTrue(
                answers.stream()
                        .allMatch(it ->
                                it.ok() || "too-many-changes".equals(it.body().getString("code"))),
                answers.toString());
        List<String> facts =
                poll.facts().stream().filter(it -> it.startsWith("Ballot")).toList();
        long cast = facts.stream().filter("BallotCast"::equals).count();
        long withdrawn = facts.stream().filter("BallotWithdrawn"::equals).count();
        assertEquals(cast, answers.stream().filter(it -> it.status() == 201).count(), "a first ballot for each 201");
        assertEquals(20, facts.size() - cast, "as many changes and withdrawals as a minute may have");
        String left = Long.toString(cast - withdrawn);
        assertEquals(List.of(left, left), poll.rows());
    }

    @Test
    void a_ballot_waits_for_a_withdrawal_of_the_same_member_and_is_then_the_first_again() throws Exception {
        Village village = Village.open();
        Poll poll = Poll.open(village, Map.of());
        assertEquals(201, poll.cast(village.founder(), poll.choice(0)));
        try (var inFlight = Database.connect()) {
            inFlight.setAutoCommit(false);
            run(inFlight, "delete from participation where question_id = '" + poll.id() + "'");
            run(inFlight, "delete from ballot where question_id = '" + poll.id() + "'");
            var again = cast(poll, village.founder(), 0);
            blocked("with gate%");
            assertFalse(again.isDone());
            inFlight.commit();
            assertEquals(201, again.get(10, TimeUnit.SECONDS).status());
        }
        assertEquals(List.of("1", "1"), poll.rows());
    }

    @Test
    void a_withdrawal_waits_for_a_change_of_the_same_member_and_takes_what_it_made() throws Exception {
        Village village = Village.open();
        Poll poll = Poll.open(village, Map.of());
        assertEquals(201, poll.cast(village.founder(), poll.choice(0)));
        try (var inFlight = Database.connect()) {
            inFlight.setAutoCommit(false);
            run(
                    inFlight,
                    "update participation set first_cast_at = first_cast_at where question_id = '" + poll.id() + "'");
            run(
                    inFlight,
                    "update ballot set marks = '{null,1,null}', revision = 1 where question_id = '" + poll.id() + "'");
            var withdrawal = withdraw(poll, village.founder());
            blocked("%delete from participation%");
            inFlight.commit();
            assertEquals(204, withdrawal.get(10, TimeUnit.SECONDS).status());
        }
        assertEquals(List.of("0", "0"), poll.rows());
    }

    @Test
    void the_close_waits_for_a_ballot_in_flight_and_counts_it_and_other_voters_do_not_wait() throws Exception {
        Village village = Village.open();
        Person dee = village.member("Dee");
        Poll poll = Poll.open(village, Map.of("ruleId", Motion.rule(village, Map.of("early_close", "BY_COUNCIL"))));
        try (var inFlight = Database.connect()) {
            inFlight.setAutoCommit(false);
            run(inFlight, "select 1 from question where id = '" + poll.id() + "' for key share");
            run(
                    inFlight,
                    "insert into participation select community_id, electorate_id, user_id, now() from elector where electorate_id = '"
                            + poll.id() + "' and user_id = '"
                            + village.founder().id() + "'");
            run(
                    inFlight,
                    "insert into ballot (community_id, id, question_id, secrecy, user_id, weight, marks, cast_at, revision, nonce, receipt) "
                            + "select community_id, gen_random_uuid(), electorate_id, 'MEMBERS', user_id, weight, '{1,null,null}', now(), 0, "
                            + "decode(repeat('00', 16), 'hex'), sha256(user_id::text::bytea) from elector where electorate_id = '"
                            + poll.id() + "' and user_id = '"
                            + village.founder().id() + "'");
            assertEquals(201, cast(poll, dee, 0).get(10, TimeUnit.SECONDS).status());
            var closure = close(poll, poll.council());
            blocked("select q.*%");
            assertFalse(closure.isDone());
            inFlight.commit();
            Answer closed = closure.get(10, TimeUnit.SECONDS);
            assertEquals(200, closed.status(), closed.toString());
            assertEquals(
                    2,
                    closed.body()
                            .getJsonObject("result")
                            .getJsonArray("options")
                            .getJsonObject(0)
                            .getInteger("count"));
        }
    }

    /** Who may not close does not even wait, so that no ballot waits for them. */
    @Test
    void who_may_not_end_a_question_does_not_wait_for_its_ballots() throws Exception {
        Village village = Village.open();
        Poll poll = Poll.open(village, Map.of());
        try (var inFlight = Database.connect()) {
            inFlight.setAutoCommit(false);
            run(inFlight, "select 1 from question where id = '" + poll.id() + "' for key share");
            Answer early = close(poll, poll.council()).get(10, TimeUnit.SECONDS);
            assertEquals("too-early-to-close", early.body().getString("code"));
            Answer cancelled = Rush.send(
                            poll.council(),
                            "POST",
                            poll.path() + "/cancellation",
                            Map.of("reason", "It was a mistake."))
                    .get(10, TimeUnit.SECONDS);
            assertEquals("cancel-not-allowed", cancelled.body().getString("code"));
            inFlight.commit();
        }
    }

    /** Changes, withdrawals and first ballots while the council closes, at a moment that the seed draws. */
    @Test
    void whatever_races_the_close_is_counted_or_refused_and_nothing_is_lost() {
        Village village = Village.open();
        String rule = Motion.rule(village, Map.of("early_close", "BY_COUNCIL"));
        List<Person> voters = IntStream.range(0, VOTERS)
                .mapToObj(i -> village.member("V" + i))
                .toList();
        var random = new Random(SEED);
        int taken = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Poll poll = Poll.open(village, Map.of("ruleId", rule));
            int before = VOTERS / 2;
            for (Person voter : voters.subList(0, before)) assertEquals(201, poll.cast(voter, poll.choice(0)));
            int turn = random.nextInt(VOTERS);
            CompletableFuture<Answer> closure = null;
            var racing = new ArrayList<CompletableFuture<Answer>>();
            var withdraws = new ArrayList<Boolean>();
            for (int i = 0; i < VOTERS; i++) {
                if (i == turn) closure = close(poll, poll.council());
                withdraws.add(i < before && random.nextBoolean());
                racing.add(withdraws.get(i) ? withdraw(poll, voters.get(i)) : cast(poll, voters.get(i), 1));
            }
            List<Answer> after = all(racing);
            Answer closed = Objects.requireNonNull(closure).join();
            assertEquals(200, closed.status(), closed.toString());
            int first = 0;
            int second = 0;
            for (int i = 0; i < VOTERS; i++) {
                Answer answer = after.get(i);
                assertTrue(answer.ok() || "voting-closed".equals(answer.body().getString("code")), answer.toString());
                if (answer.ok()) taken++;
                else refused++;
                if (answer.ok() && !withdraws.get(i)) second++;
                if (!answer.ok() && i < before) first++;
            }
            var options = closed.body().getJsonObject("result").getJsonArray("options");
            assertEquals(first, options.getJsonObject(0).getInteger("count"), () -> after + " " + options);
            assertEquals(second, options.getJsonObject(1).getInteger("count"), () -> after + " " + options);
            String ballots = Integer.toString(first + second);
            assertEquals(List.of(ballots, ballots), poll.rows());
            assertEquals(
                    1, poll.facts().stream().filter("QuestionClosed"::equals).count());
        }
        // both must have happened, or the rounds showed nothing
        assertTrue(taken > 0 && refused > 0, taken + " taken, " + refused + " refused");
    }

    @Test
    void of_two_closes_and_a_cancellation_one_wins() {
        Village village = Village.open();
        String rule = Motion.rule(village, Map.of("early_close", "BY_COUNCIL"));
        for (int i = 0; i < 5; i++) {
            Poll poll = Poll.open(village, Map.of("ruleId", rule));
            List<Answer> answers = all(List.of(
                    close(poll, poll.council()),
                    close(poll, village.founder()),
                    Rush.send(
                            village.founder(),
                            "POST",
                            poll.path() + "/cancellation",
                            Map.of("reason", "It was a mistake."))));
            assertEquals(
                    List.of(200, 409, 409),
                    answers.stream().map(Answer::status).sorted().toList(),
                    answers.toString());
            assertEquals(
                    1,
                    poll.facts().stream()
                            .filter(it -> it.equals("QuestionClosed") || it.equals("QuestionCancelled"))
                            .count());
        }
    }

    @Test
    void of_two_openings_one_wins_and_draws_one_electorate() {
        Village village = Village.open();
        for (int i = 0; i < 5; i++) {
            Poll poll = Poll.draft(village, Map.of());
            List<Answer> answers = all(List.of(
                    Rush.send(poll.council(), "POST", poll.path() + "/opening", Map.of()),
                    Rush.send(village.founder(), "POST", poll.path() + "/opening", Map.of())));
            assertEquals(
                    List.of(200, 409),
                    answers.stream().map(Answer::status).sorted().toList(),
                    answers.toString());
            assertEquals(
                    List.of("question-not-a-draft"),
                    answers.stream()
                            .filter(it -> !it.ok())
                            .map(it -> it.body().getString("code"))
                            .toList());
            assertEquals(List.of("1"), Database.texts("select count(*) from electorate where id = ?::uuid", poll.id()));
            assertEquals(
                    1, poll.facts().stream().filter("QuestionOpened"::equals).count());
        }
    }

    @Inject
    QuestionCloser closer;

    @Inject
    Replicas replicas;

    /** It has counted, and waits to write that down, when its connection dies; two more wait for its lock. */
    @Test
    void a_closer_that_dies_before_it_commits_is_followed_by_another_and_there_is_one_result() throws Exception {
        Village village = Village.open();
        Poll poll = Poll.open(village, Map.of());
        assertEquals(201, poll.cast(village.founder(), poll.choice(1)));
        var rounds = replicas.killedBetweenCountAndCommit("question", poll::due, closer::run);
        for (var round : rounds) round.get(20, TimeUnit.SECONDS);
        Eventually.holds(() -> assertEquals(
                List.of("CLOSED"), Database.texts("select state from question where id = ?::uuid", poll.id())));
        assertEquals(1, poll.facts().stream().filter("QuestionClosed"::equals).count());
        assertEquals(
                poll.options().get(1),
                poll.council().sends().get(poll.path() + "/result").path("winner"));
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Until a statement like this waits for a lock. */
    private static void blocked(String statement) {
        Eventually.holds(() -> assertEquals(
                List.of("1"),
                Database.texts(
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like ?",
                        statement.startsWith("%") ? statement : "%" + statement)));
    }

    private static CompletableFuture<Answer> cast(Poll poll, Person voter, int option) {
        return Rush.send(voter, "PUT", poll.path() + "/ballot", poll.choice(option));
    }

    private static CompletableFuture<Answer> withdraw(Poll poll, Person voter) {
        return Rush.send(voter, "DELETE", poll.path() + "/ballot", Map.of());
    }

    private static CompletableFuture<Answer> close(Poll poll, Person by) {
        return Rush.send(by, "POST", poll.path() + "/closure", Map.of());
    }

    private static <T> List<T> all(List<CompletableFuture<T>> futures) {
        return futures.stream().map(CompletableFuture::join).toList();
    }
}
