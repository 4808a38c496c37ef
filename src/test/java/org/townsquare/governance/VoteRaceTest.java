package org.townsquare.governance;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Rush;
import org.townsquare.town.Rush.Answer;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class VoteRaceTest {
    /** How often votes race the close; -Pchaos does it more often. */
    private static final int ROUNDS = Integer.getInteger("townsquare.race.votes", 100);

    private static final int VOTERS = 8;
    private static final long SEED = 20261120;

    @Test
    void sixty_four_first_votes_of_one_member_are_one_vote() {
        Motion motion = Motion.draft().opened();
        List<Answer> answers = all(IntStream.range(0, 64)
                .mapToObj(i -> vote(motion.id(), motion.author(), "YES"))
                .toList());
        assertEquals(1, answers.stream().filter(it -> it.status() == 201).count());
        assertEquals(63, answers.stream().filter(it -> it.status() == 200).count());
        assertEquals(
                1,
                answers.stream()
                        .map(it -> it.body().getString("receipt") + it.body().getString("castAt"))
                        .distinct()
                        .count());
        assertEquals(List.of("1"), count("vote where proposal_id = ?::uuid", motion.id()));
        assertEquals(1, motion.facts().stream().filter("VoteCast"::equals).count());
        assertFalse(motion.facts().contains("VoteChanged"));
        Eventually.holds(
                Duration.ofSeconds(3),
                () -> motion.author()
                        .sends()
                        .get(motion.path())
                        .then()
                        .body("tally.yes", is(1))
                        .body("tally.voters", is(1)));
    }

    @Test
    void changes_of_one_vote_at_once_are_each_kept_once_and_in_order() {
        Motion motion = Motion.draft().opened();
        String[] choices = {"YES", "NO", "ABSTAIN"};
        List<Answer> answers = all(IntStream.range(0, 60)
                .mapToObj(i -> vote(motion.id(), motion.author(), choices[i % 3]))
                .toList());
        // the first vote, and as many changes as a minute may have
        for (Answer answer : answers)
            assertTrue(answer.ok() || "too-many-changes".equals(answer.body().getString("code")), answer.toString());
        List<String> revisions = Database.texts(
                "select revision from (select c.revision, c.cast_at from vote_change c join vote v on v.id = c.vote_id where v.proposal_id = ?::uuid "
                        + "union all select revision, cast_at from vote where proposal_id = ?::uuid) x order by cast_at, revision",
                motion.id(),
                motion.id());
        assertEquals(IntStream.rangeClosed(0, 20).mapToObj(String::valueOf).toList(), revisions);
        assertEquals(
                revisions.size(),
                motion.facts().stream().filter(it -> it.startsWith("Vote")).count());
        String stands = Database.texts("select choice from vote where proposal_id = ?::uuid", motion.id())
                .get(0);
        motion.author().sends().get(motion.path()).then().body("myVote.choice", is(stands));
    }

    /** Half of the rounds end at the deadline, half by the council; of the voters half race with their first vote, half with a change. */
    @Test
    void every_vote_that_races_the_close_is_counted_or_refused() {
        Village village = Village.open();
        String rule = Motion.rule(village, Map.of("early_close", "BY_COUNCIL"));
        List<Person> voters = IntStream.range(0, VOTERS)
                .mapToObj(i -> village.member("V" + i))
                .toList();
        Motion first = Motion.draft(village, Map.of("ruleId", rule));
        var pool = Executors.newFixedThreadPool(6);
        List<int[]> rounds = all(IntStream.range(0, ROUNDS)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> round(first, rule, voters, i), pool))
                .toList());
        pool.shutdown();
        // both kinds of ending must have happened in the middle of the rush, or the rounds showed nothing
        int taken = rounds.stream().mapToInt(it -> it[0]).sum();
        int refused = rounds.stream().mapToInt(it -> it[1]).sum();
        assertTrue(taken > ROUNDS && refused > ROUNDS, taken + " taken, " + refused + " refused");
        assertEquals(
                List.of("0"),
                count(
                        "vote v join proposal p on p.id = v.proposal_id where p.community_id = ?::uuid and v.cast_at >= p.closes_at",
                        village.id()));
        assertEquals(
                List.of("0"),
                count(
                        "vote v join proposal p on p.id = v.proposal_id where p.community_id = ?::uuid and v.cast_at > p.voting_closed_at",
                        village.id()));
    }

    /** How many racing votes were taken, and how many refused. */
    private static int[] round(Motion first, String rule, List<Person> voters, int number) {
        boolean byDeadline = number % 2 == 0;
        var random = new Random(SEED + number);
        String path = "/api/v1/proposals/"
                + first.author()
                        .sends(Map.of("title", "A bench", "description", "x", "ruleId", rule))
                        .post(first.village().path() + "/proposals")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        first.author().sends("{}").post(path + "/submission").then().statusCode(200);
        Instant closesAt = opened(first, path, byDeadline ? 400 : 600_000);
        String id = path.substring(path.lastIndexOf('/') + 1);
        List<Person> early = voters.subList(0, VOTERS / 2);
        List<Answer> before = all(early.stream().map(it -> vote(id, it, "YES")).toList());
        if (byDeadline) pauseUntil(closesAt.minusMillis(random.nextInt(8)));
        CompletableFuture<Answer> closure = null;
        int turn = random.nextInt(VOTERS);
        var racing = new ArrayList<CompletableFuture<Answer>>();
        for (int i = 0; i < VOTERS; i++) {
            if (!byDeadline && i == turn) closure = close(id, first.council());
            racing.add(vote(id, voters.get(i), "NO"));
        }
        List<Answer> after = all(racing);
        if (closure != null) assertEquals(200, closure.join().status());
        else
            Eventually.holds(() -> {
                Answer closed = close(id, first.council()).join();
                assertTrue(
                        closed.ok()
                                || "proposal-not-voting".equals(closed.body().getString("code")),
                        closed.toString());
            });
        long no = after.stream().filter(Answer::ok).count();
        long yes = IntStream.range(0, VOTERS / 2)
                .filter(i -> before.get(i).ok() && !after.get(i).ok())
                .count();
        for (Answer answer : Stream.concat(before.stream(), after.stream()).toList())
            assertTrue(answer.ok() || "voting-closed".equals(answer.body().getString("code")), answer.toString());
        first.author()
                .sends()
                .get(path)
                .then()
                .body("tally.final", is(true))
                .body("tally.yes", is((int) yes))
                .body("tally.no", is((int) no))
                .body("tally.voters", is((int) (yes + no)));
        return new int[] {(int) no, (int) (VOTERS - no)};
    }

    /** The deadline, so many milliseconds from the approval; again with a later one where the machine was too slow for it. */
    private static Instant opened(Motion first, String path, int millis) {
        while (true) {
            Instant closesAt = Instant.now().plusMillis(millis);
            int status = first.council()
                    .sends(Map.of("decision", "APPROVE", "closesAt", closesAt.toString()))
                    .post(path + "/review")
                    .statusCode();
            if (status == 200) return closesAt;
            assertEquals(422, status);
        }
    }

    @Test
    void the_close_waits_for_a_vote_in_flight_and_other_voters_do_not() throws Exception {
        Village village = Village.open();
        Motion motion =
                Motion.under(village, Map.of("early_close", "BY_COUNCIL")).opened();
        try (var inFlight = Database.connect()) {
            inFlight.setAutoCommit(false);
            try (var statement = inFlight.createStatement()) {
                statement.execute("select 1 from proposal where id = '" + motion.id() + "' for key share");
                statement.execute(
                        "insert into vote (community_id, id, version, created_at, updated_at, proposal_id, user_id, weight, choice, cast_at, revision, nonce, receipt) "
                                + "select community_id, gen_random_uuid(), 0, now(), now(), electorate_id, user_id, weight, 'YES', now(), 0, "
                                + "decode(repeat('00', 16), 'hex'), sha256(user_id::text::bytea) from elector where electorate_id = '"
                                + motion.id() + "' and user_id = '"
                                + village.founder().id() + "'");
            }
            assertEquals(
                    201,
                    vote(motion.id(), motion.author(), "YES")
                            .get(5, TimeUnit.SECONDS)
                            .status());
            var closure = close(motion.id(), motion.council());
            Eventually.holds(() -> assertEquals(
                    List.of("1"),
                    count(
                            "pg_stat_activity where wait_event_type = 'Lock' and query like 'select p.*%' and ? <> ''",
                            "x")));
            assertFalse(closure.isDone());
            inFlight.commit();
            Answer closed = closure.get(5, TimeUnit.SECONDS);
            assertEquals(200, closed.status());
            assertEquals(2, closed.body().getJsonObject("tally").getInteger("yes"));
        }
    }

    /** They would wait for the vote in flight, and every later vote for them. */
    @Test
    void who_may_not_act_on_a_vote_does_not_wait_for_it() throws Exception {
        Village village = Village.open();
        Motion never = Motion.under(village, Map.of("early_close", "NEVER")).opened();
        Motion allVoted = Motion.draft(village).opened();
        Motion byCouncil =
                Motion.under(village, Map.of("early_close", "BY_COUNCIL")).opened();
        Person eve = Person.named("Eve");
        try (var inFlight = Database.connect()) {
            inFlight.setAutoCommit(false);
            try (var statement =
                    inFlight.prepareStatement("select 1 from proposal where community_id = ?::uuid for key share")) {
                statement.setString(1, village.id());
                statement.execute();
            }
            assertRefused(close(never.id(), eve), 403, "members-only");
            assertRefused(close(never.id(), never.author()), 403, "not-allowed");
            assertRefused(close(never.id(), never.council()), 409, "too-early-to-close");
            assertRefused(close(allVoted.id(), allVoted.council()), 409, "too-early-to-close");
            assertRefused(close(byCouncil.id(), byCouncil.author()), 403, "not-allowed");
            assertRefused(
                    Rush.send(never.council(), "POST", never.path() + "/review", Map.of("decision", "APPROVE")),
                    409,
                    "proposal-not-under-review");
            inFlight.commit();
        }
        assertEquals(200, close(byCouncil.id(), byCouncil.council()).join().status());
    }

    private static void assertRefused(CompletableFuture<Answer> answer, int status, String code) throws Exception {
        Answer refusal = answer.get(5, TimeUnit.SECONDS);
        assertEquals(status, refusal.status());
        assertEquals(code, refusal.body().getString("code"));
    }

    @Test
    void drafts_begun_at_once_are_no_more_than_allowed() {
        Motion motion = Motion.draft();
        ProposalTest.draftMore(motion, 494);
        List<Answer> answers = all(IntStream.range(0, 40)
                .mapToObj(i -> Rush.send(
                        motion.author(),
                        "POST",
                        motion.village().path() + "/proposals",
                        Map.of("title", "One more", "description", "")))
                .toList());
        assertEquals(5, answers.stream().filter(it -> it.status() == 201).count());
        assertEquals(
                35,
                answers.stream()
                        .filter(it -> "too-many-drafts".equals(it.body().getString("code")))
                        .count());
        assertEquals(
                List.of("500"),
                count("proposal where community_id = ?::uuid", motion.village().id()));
    }

    @Test
    void of_two_reviewers_one_wins() {
        Village village = Village.open();
        Person other = village.member("Dee", "COUNCIL");
        for (int i = 0; i < 10; i++) {
            Motion motion = Motion.draft(village).submitted();
            List<Answer> answers = all(Stream.of(motion.council(), other)
                    .map(it -> Rush.send(it, "POST", motion.path() + "/review", Map.of("decision", "APPROVE")))
                    .toList());
            assertEquals(
                    List.of(200, 409),
                    answers.stream().map(Answer::status).sorted().toList(),
                    answers.toString());
            assertEquals(List.of("1"), count("electorate where id = ?::uuid", motion.id()));
            assertEquals(List.of("1"), count("review where proposal_id = ?::uuid", motion.id()));
            assertEquals(
                    1, motion.facts().stream().filter("ProposalOpened"::equals).count());
        }
    }

    private static CompletableFuture<Answer> vote(String proposal, Person voter, String choice) {
        return Rush.send(voter, "PUT", "/api/v1/proposals/" + proposal + "/vote", Map.of("choice", choice));
    }

    private static CompletableFuture<Answer> close(String proposal, Person by) {
        return Rush.send(by, "POST", "/api/v1/proposals/" + proposal + "/closure", Map.of());
    }

    private static <T> List<T> all(List<CompletableFuture<T>> futures) {
        return futures.stream().map(CompletableFuture::join).toList();
    }

    private static List<String> count(String from, String parameter) {
        return Database.texts("select count(*) from " + from, parameter);
    }

    private static void pauseUntil(Instant then) {
        LockSupport.parkNanos(Duration.between(Instant.now(), then).toNanos());
    }
}
