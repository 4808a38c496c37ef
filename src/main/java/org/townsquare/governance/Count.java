package org.townsquare.governance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts ballots. The same ballots, options and tie orders always give the same sheet, in whatever order the ballots come. Exact: weights are added and
 * compared as integers, at most 10^13 of them together, times a score of at most 100.
 *
 * <p>An option is known by its index: the place of its mark on a ballot.
 */
final class Count {
    private final List<Candidate> options;
    private final List<BallotGroup> marked;
    private final CountSheet.Ballots blanks;
    private final List<CountSheet.Tie> ties = new ArrayList<>();

    private Count(List<Candidate> options, List<BallotGroup> ballots) {
        this.options = options;
        this.marked = ballots.stream().filter(it -> !it.marks().isBlank()).toList();
        this.blanks = sum(ballots.stream().filter(it -> it.marks().isBlank()).toList());
    }

    /**
     * @param counting for RANKED
     * @param maxScore for SCORE
     * @param options in the order of the marks
     */
    static CountSheet of(
            VotingMethod method,
            @Nullable Counting counting,
            int maxScore,
            List<Candidate> options,
            List<BallotGroup> ballots) {
        var count = new Count(options, ballots);
        return switch (method) {
            case SINGLE_CHOICE, APPROVAL -> count.bySum(count.chosen(), new long[options.size()]);
            case SCORE -> count.bySum(count.scored(), count.topScores(maxScore));
            case RANKED ->
                counting == Counting.SCHULZE ? new SchulzeCount(count).sheet() : new RunOffCount(count).sheet();
        };
    }

    private static CountSheet.Ballots sum(List<BallotGroup> groups) {
        return new CountSheet.Ballots(
                groups.stream().mapToLong(BallotGroup::ballots).sum(),
                groups.stream().mapToLong(BallotGroup::weight).sum());
    }

    /** Where no ballot is marked. */
    CountSheet none(List<CountSheet.OptionCount> counts) {
        return CountSheet.none(counts, markedBallots(), blanks);
    }

    CountSheet.Ballots markedBallots() {
        return sum(marked);
    }

    CountSheet.Ballots blanks() {
        return blanks;
    }

    int size() {
        return options.size();
    }

    List<BallotGroup> marked() {
        return marked;
    }

    boolean isEmpty() {
        return marked.isEmpty();
    }

    UUID id(int option) {
        return options.get(option).id();
    }

    List<UUID> ids(List<Integer> some) {
        return some.stream().map(this::id).toList();
    }

    List<List<UUID>> places(List<List<Integer>> places) {
        return places.stream().map(this::ids).toList();
    }

    List<CountSheet.Tie> ties() {
        return List.copyOf(ties);
    }

    /** The lowest tie order of several wins. */
    int pick(List<Integer> equal) {
        if (equal.size() == 1) return equal.get(0);
        int first = equal.stream().min(byTieOrder()).orElseThrow();
        decided(null, equal, CountSheet.TieBreak.TIE_ORDER, first);
        return first;
    }

    void decided(@Nullable Integer round, List<Integer> equal, CountSheet.TieBreak by, int chosen) {
        ties.add(new CountSheet.Tie(round, ids(equal), by, id(chosen)));
    }

    Comparator<Integer> byTieOrder() {
        return Comparator.comparingInt(it -> options.get(it).tieOrder());
    }

    List<CountSheet.OptionCount> optionCounts(Sums sums) {
        return IntStream.range(0, size())
                .mapToObj(i -> new CountSheet.OptionCount(id(i), sums.ballots[i], sums.weight[i]))
                .toList();
    }

    /** What each option got. */
    static final class Sums {
        final long[] ballots;
        final long[] weight;

        Sums(int options) {
            ballots = new long[options];
            weight = new long[options];
        }

        void add(int option, BallotGroup group, long times) {
            ballots[option] += group.ballots();
            weight[option] = Math.addExact(weight[option], Math.multiplyExact(group.weight(), times));
        }
    }

    private Sums chosen() {
        var sums = new Sums(size());
        for (BallotGroup group : marked)
            for (int i = 0; i < size(); i++) if (group.marks().at(i) != Marks.NONE) sums.add(i, group, 1);
        return sums;
    }

    private Sums scored() {
        var sums = new Sums(size());
        for (BallotGroup group : marked)
            for (int i = 0; i < size(); i++) {
                int score = group.marks().at(i);
                if (score > 0) sums.add(i, group, score);
            }
        return sums;
    }

    private long[] topScores(int maxScore) {
        var top = new Sums(size());
        for (BallotGroup group : marked)
            for (int i = 0; i < size(); i++) if (group.marks().at(i) == maxScore) top.add(i, group, 1);
        return top.weight;
    }

    /** First places: what each option has where the ballots rank it best. */
    Sums firsts() {
        var sums = new Sums(size());
        for (BallotGroup group : marked)
            for (int i = 0; i < size(); i++) if (group.marks().at(i) == 1) sums.add(i, group, 1);
        return sums;
    }

    /** The most of the sums wins, and of equal ones the most of {@code second}. */
    private CountSheet bySum(Sums sums, long[] second) {
        List<CountSheet.OptionCount> counts = optionCounts(sums);
        if (isEmpty()) return none(counts);
        List<Integer> most = best(all(), sums.weight);
        List<Integer> first = best(most, second);
        if (most.size() > first.size()) decided(null, most, CountSheet.TieBreak.TOP_SCORES, first.get(0));
        int winner = pick(first);
        return new CountSheet(
                id(winner),
                first.size() > 1 ? ids(first) : List.of(),
                places(placed(sums.weight, second)),
                counts,
                markedBallots(),
                blanks,
                null,
                null,
                ties());
    }

    List<Integer> all() {
        return IntStream.range(0, size()).boxed().toList();
    }

    private static List<Integer> best(List<Integer> of, long[] value) {
        long most = of.stream().mapToLong(it -> value[it]).max().orElseThrow();
        return of.stream().filter(it -> value[it] == most).toList();
    }

    private List<List<Integer>> placed(long[] first, long[] second) {
        var places = new ArrayList<List<Integer>>();
        List<Integer> left = all();
        while (!left.isEmpty()) {
            List<Integer> place = best(best(left, first), second);
            places.add(place);
            left = left.stream().filter(it -> !place.contains(it)).toList();
        }
        return places;
    }

    /** Groups of equal value, the highest first. */
    static List<List<Integer>> placed(List<Integer> some, long[] value) {
        long[] values =
                some.stream().mapToLong(it -> value[it]).distinct().sorted().toArray();
        var places = new ArrayList<List<Integer>>();
        for (int i = values.length - 1; i >= 0; i--) {
            long at = values[i];
            places.add(some.stream().filter(it -> value[it] == at).toList());
        }
        return places;
    }

    static boolean[] allTrue(int size) {
        boolean[] all = new boolean[size];
        Arrays.fill(all, true);
        return all;
    }
}
