package org.townsquare.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What must hold whatever the ballots are. */
class CountPropertiesTest {
    private static final int MAX_SCORE = 5;

    /** A way to count: the method, and for RANKED how. */
    enum Way {
        SINGLE_CHOICE(VotingMethod.SINGLE_CHOICE, null),
        APPROVAL(VotingMethod.APPROVAL, null),
        SCORE(VotingMethod.SCORE, null),
        IRV(VotingMethod.RANKED, Counting.IRV),
        SCHULZE(VotingMethod.RANKED, Counting.SCHULZE);

        final VotingMethod method;
        final @Nullable Counting counting;

        Way(VotingMethod method, @Nullable Counting counting) {
            this.method = method;
            this.counting = counting;
        }

        CountSheet count(List<Candidate> options, List<BallotGroup> ballots) {
            return Count.of(method, counting, MAX_SCORE, options, ballots);
        }
    }

    /** A question with its ballots, each by itself. */
    record Poll(Way way, List<Candidate> options, List<BallotGroup> ballots) {
        CountSheet count() {
            return way.count(options, BallotGroup.together(ballots.stream()));
        }

        /** With the option at {@code places.get(i)} at i: ballots, ids and tie orders move along. */
        Poll moved(List<Integer> places) {
            return new Poll(
                    way,
                    places.stream().map(options::get).toList(),
                    ballots.stream()
                            .map(it -> new BallotGroup(
                                    new Marks(places.stream()
                                            .map(place -> it.marks().places().substring(place, place + 1))
                                            .reduce("", String::concat)),
                                    it.ballots(),
                                    it.weight()))
                            .toList());
        }

        Poll with(List<BallotGroup> others) {
            return new Poll(way, options, others);
        }
    }

    @Provide
    Arbitrary<Poll> polls() {
        return Arbitraries.of(Way.class).flatMap(CountPropertiesTest::of);
    }

    @Provide
    Arbitrary<Poll> monotone() {
        return Arbitraries.of(Way.SINGLE_CHOICE, Way.APPROVAL, Way.SCORE, Way.SCHULZE)
                .flatMap(CountPropertiesTest::of);
    }

    @Provide
    Arbitrary<Poll> pairs() {
        return of(Way.SCHULZE);
    }

    private static Arbitrary<Poll> of(Way way) {
        return Arbitraries.integers()
                .between(2, 6)
                .flatMap(size -> Combinators.combine(
                                orders(size),
                                ballot(way, size).list().ofMinSize(1).ofMaxSize(12))
                        .as((order, ballots) -> new Poll(way, candidates(order), ballots)));
    }

    private static List<Candidate> candidates(List<Integer> tieOrders) {
        return IntStream.range(0, tieOrders.size())
                .mapToObj(i -> new Candidate(new UUID(0, i + 1), tieOrders.get(i) + 1))
                .toList();
    }

    private static Arbitrary<List<Integer>> orders(int size) {
        return Arbitraries.shuffle(IntStream.range(0, size).boxed().toList());
    }

    private static Arbitrary<BallotGroup> ballot(Way way, int size) {
        return Combinators.combine(marks(way, size), Arbitraries.longs().between(1, 4))
                .as((marks, weight) -> BallotGroup.one(marks, weight));
    }

    private static Arbitrary<Marks> marks(Way way, int size) {
        return switch (way) {
            case SINGLE_CHOICE ->
                Arbitraries.integers()
                        .between(0, size - 1)
                        .map(chosen -> Marks.of(IntStream.range(0, size)
                                .mapToObj(i -> i == chosen ? 1 : null)
                                .toList()));
            case APPROVAL ->
                Arbitraries.of(true, false)
                        .list()
                        .ofSize(size)
                        .map(chosen -> Marks.of(
                                chosen.stream().map(it -> it ? 1 : null).toList()));
            case SCORE ->
                Arbitraries.integers().between(0, MAX_SCORE).list().ofSize(size).map(Marks::of);
            case IRV ->
                Combinators.combine(orders(size), Arbitraries.integers().between(0, size))
                        .as((order, ranked) -> Marks.of(order.stream()
                                .map(it -> it < ranked ? it + 1 : null)
                                .toList()));
            case SCHULZE ->
                Arbitraries.integers().between(0, size).list().ofSize(size).map(CountPropertiesTest::dense);
        };
    }

    /** Ranks without gaps; 0 is unranked. */
    private static Marks dense(List<Integer> ranks) {
        List<Integer> used =
                ranks.stream().filter(it -> it > 0).distinct().sorted().toList();
        return Marks.of(
                ranks.stream().map(it -> it == 0 ? null : used.indexOf(it) + 1).toList());
    }

    @Property(tries = 400, seed = "4")
    void whatever_the_options_are_called_and_where_they_stand_the_count_is_the_same(
            @ForAll("polls") Poll poll, @ForAll Random random) {
        var places =
                new ArrayList<>(IntStream.range(0, poll.options.size()).boxed().toList());
        Collections.shuffle(places, random);
        CountSheet one = poll.count();
        CountSheet other = poll.moved(places).count();
        assertEquals(one.winner(), other.winner());
        assertEquals(new HashSet<>(one.tied()), new HashSet<>(other.tied()));
        assertEquals(asSets(one), asSets(other));
    }

    private static List<Set<UUID>> asSets(CountSheet sheet) {
        return sheet.ranking().stream().map(Set::copyOf).toList();
    }

    @Property(tries = 400, seed = "4")
    void the_order_of_ballots_never_matters(@ForAll("polls") Poll poll, @ForAll Random random) {
        var shuffled = new ArrayList<>(poll.ballots);
        Collections.shuffle(shuffled, random);
        assertEquals(poll.count(), poll.with(shuffled).count());
        assertEquals(poll.count(), poll.way.count(poll.options, shuffled), "nor does it matter that they are together");
    }

    @Property(tries = 400, seed = "4")
    void a_ballot_twice_is_a_ballot_of_twice_the_weight(@ForAll("polls") Poll poll) {
        BallotGroup last = poll.ballots.get(poll.ballots.size() - 1);
        var twice = new ArrayList<>(poll.ballots);
        twice.add(last);
        var heavier = new ArrayList<>(poll.ballots.subList(0, poll.ballots.size() - 1));
        heavier.add(new BallotGroup(last.marks(), 2, 2 * last.weight()));
        assertEquals(poll.with(twice).count(), poll.with(heavier).count());
    }

    @Property(tries = 400, seed = "4")
    void a_winner_who_is_put_higher_still_wins(@ForAll("monotone") Poll poll, @ForAll Random random) {
        CountSheet before = poll.count();
        Assume.that(before.winner() != null);
        int winner = poll.options.stream().map(Candidate::id).toList().indexOf(before.winner());
        int changed = random.nextInt(poll.ballots.size());
        var ballots = new ArrayList<>(poll.ballots);
        BallotGroup ballot = ballots.get(changed);
        ballots.set(changed, BallotGroup.one(raised(poll.way, ballot.marks(), winner, random), ballot.weight()));
        CountSheet after = poll.with(ballots).count();
        assertTrue(after.ranking().get(0).contains(before.winner()), after::toString);
        if (poll.way != Way.SCHULZE) assertEquals(before.winner(), after.winner());
    }

    private static Marks raised(Way way, Marks marks, int winner, Random random) {
        var raised = new ArrayList<@Nullable Integer>();
        for (int i = 0; i < marks.size(); i++) raised.add(marks.at(i) == Marks.NONE ? null : (Integer) marks.at(i));
        switch (way) {
            case SINGLE_CHOICE -> {
                Collections.fill(raised, null);
                raised.set(winner, 1);
            }
            case APPROVAL -> raised.set(winner, 1);
            case SCORE -> raised.set(winner, marks.at(winner) + random.nextInt(MAX_SCORE + 1 - marks.at(winner)));
            default -> {
                // ranks twice as wide, so that the winner fits between any two; the higher rank is the lower number
                int now = marks.at(winner) == Marks.NONE ? 2 * marks.size() + 2 : 2 * marks.at(winner);
                for (int i = 0; i < raised.size(); i++) {
                    Integer rank = raised.get(i);
                    if (rank != null) raised.set(i, 2 * rank);
                }
                raised.set(winner, 1 + random.nextInt(now));
                return dense(raised.stream().map(it -> it == null ? 0 : it).toList());
            }
        }
        return Marks.of(raised);
    }

    @Property(tries = 600, seed = "4")
    void who_beats_every_other_in_pairs_wins(@ForAll("pairs") Poll poll) {
        CountSheet sheet = poll.count();
        CountSheet.Pairwise pairwise = sheet.pairwise();
        if (pairwise == null) return;
        List<List<Long>> preferred = pairwise.preferred();
        for (int i = 0; i < preferred.size(); i++) {
            int row = i;
            boolean beatsAll = IntStream.range(0, preferred.size())
                    .allMatch(j -> j == row
                            || preferred.get(row).get(j) > preferred.get(j).get(row));
            if (beatsAll)
                assertEquals(List.of(poll.options.get(i).id()), sheet.ranking().get(0));
        }
    }

    /** The same definition in another way: every path is walked. */
    @Property(tries = 150, seed = "4")
    void the_strongest_paths_are_those_found_by_walking_them_all(@ForAll("pairs") Poll poll) {
        CountSheet sheet = poll.count();
        CountSheet.Pairwise pairwise = sheet.pairwise();
        if (pairwise == null) return;
        List<List<Long>> preferred = pairwise.preferred();
        for (int i = 0; i < preferred.size(); i++)
            for (int j = 0; j < preferred.size(); j++)
                if (i != j)
                    assertEquals(
                            strongest(preferred, i, j, new ArrayList<>(List.of(i))),
                            pairwise.paths().get(i).get(j));
    }

    private static CountSheet.@Nullable Path strongest(
            List<List<Long>> preferred, int from, int to, List<Integer> walked) {
        CountSheet.Path best = null;
        for (int next = 0; next < preferred.size(); next++) {
            long forIt = preferred.get(from).get(next);
            long against = preferred.get(next).get(from);
            if (walked.contains(next) || forIt <= against) continue;
            var link = new CountSheet.Path(forIt, against);
            walked.add(next);
            CountSheet.Path rest = next == to ? link : strongest(preferred, next, to, walked);
            walked.remove(walked.size() - 1);
            if (rest == null) continue;
            CountSheet.Path weakest = isStronger(link, rest) ? rest : link;
            if (best == null || isStronger(weakest, best)) best = weakest;
        }
        return best;
    }

    private static boolean isStronger(CountSheet.Path one, CountSheet.Path other) {
        return one.weight() != other.weight() ? one.weight() > other.weight() : one.against() < other.against();
    }
}
