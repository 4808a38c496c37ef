package org.townsquare.governance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Instant run-off. In each round every ballot counts for its highest option still in; an option with more than half of these votes wins, else the
 * one with the fewest goes, never several at once.
 */
final class RunOffCount {
    private final Count count;

    /** For each group of ballots its options, the best first. */
    private final int[][] orders;

    /** For each group the place in its order where it stands now. */
    private final int[] places;

    /** For each option the groups that count for it. */
    private final List<List<Integer>> piles = new ArrayList<>();

    private final boolean[] in;
    private final List<long[]> history = new ArrayList<>();
    private final List<CountSheet.Round> rounds = new ArrayList<>();
    private long exhausted;

    RunOffCount(Count count) {
        this.count = count;
        this.in = Count.allTrue(count.size());
        this.orders = count.marked().stream().map(it -> order(it.marks())).toArray(int[][]::new);
        this.places = new int[orders.length];
        for (int i = 0; i < count.size(); i++) piles.add(new ArrayList<>());
    }

    private static int[] order(Marks marks) {
        int[] byRank = new int[marks.size()];
        int ranked = 0;
        for (int i = 0; i < marks.size(); i++)
            if (marks.at(i) != Marks.NONE) {
                byRank[marks.at(i) - 1] = i;
                ranked++;
            }
        return Arrays.copyOf(byRank, ranked);
    }

    CountSheet sheet() {
        List<CountSheet.OptionCount> firsts = count.optionCounts(count.firsts());
        if (count.isEmpty()) return count.none(firsts);
        long[] votes = new long[count.size()];
        for (int group = 0; group < orders.length; group++) give(group, votes);
        var gone = new ArrayList<Integer>();
        Integer winner = null;
        while (winner == null) {
            history.add(votes.clone());
            winner = majority(votes);
            Integer out = winner == null ? last() : null;
            note(votes, winner, out);
            if (out != null) {
                gone.add(0, out);
                remove(out, votes);
            }
        }
        int first = winner;
        var ranking = new ArrayList<List<Integer>>();
        ranking.add(List.of(first));
        ranking.addAll(Count.placed(stillIn().stream().filter(it -> it != first).toList(), votes));
        for (int out : gone) ranking.add(List.of(out));
        return new CountSheet(
                count.id(first),
                List.of(),
                count.places(ranking),
                firsts,
                count.markedBallots(),
                count.blanks(),
                List.copyOf(rounds),
                null,
                count.ties());
    }

    /** To its highest option still in. */
    private void give(int group, long[] votes) {
        int[] order = orders[group];
        int place = places[group];
        while (place < order.length && !in[order[place]]) place++;
        places[group] = place;
        long weight = count.marked().get(group).weight();
        if (place == order.length) exhausted += weight;
        else {
            piles.get(order[place]).add(group);
            votes[order[place]] += weight;
        }
    }

    private void remove(int out, long[] votes) {
        in[out] = false;
        votes[out] = 0;
        List<Integer> pile = piles.set(out, List.of());
        for (int group : pile) give(group, votes);
    }

    private List<Integer> stillIn() {
        return count.all().stream().filter(it -> in[it]).toList();
    }

    private @Nullable Integer majority(long[] votes) {
        List<Integer> left = stillIn();
        if (left.size() == 1) return left.get(0);
        long sum = left.stream().mapToLong(it -> votes[it]).sum();
        return left.stream().filter(it -> 2 * votes[it] > sum).findFirst().orElse(null);
    }

    /** Who has the fewest votes; of several who had the fewest in the round before, and so on back; of several still the highest tie order. */
    private int last() {
        int round = history.size();
        List<Integer> fewest = fewest(stillIn(), history.get(round - 1));
        if (fewest.size() == 1) return fewest.get(0);
        List<Integer> left = fewest;
        for (int earlier = round - 2; earlier >= 0 && left.size() > 1; earlier--)
            left = fewest(left, history.get(earlier));
        int out = left.stream().max(count.byTieOrder()).orElseThrow();
        count.decided(
                round,
                fewest,
                left.size() == 1 ? CountSheet.TieBreak.EARLIER_ROUND : CountSheet.TieBreak.TIE_ORDER,
                out);
        return out;
    }

    private static List<Integer> fewest(List<Integer> of, long[] votes) {
        long least = of.stream().mapToLong(it -> votes[it]).min().orElseThrow();
        return of.stream().filter(it -> votes[it] == least).toList();
    }

    private void note(long[] votes, @Nullable Integer elected, @Nullable Integer out) {
        rounds.add(new CountSheet.Round(
                history.size(),
                IntStream.range(0, count.size())
                        .filter(it -> in[it])
                        .mapToObj(it -> new CountSheet.Votes(count.id(it), votes[it]))
                        .toList(),
                exhausted,
                elected == null ? null : count.id(elected),
                out == null ? null : count.id(out)));
    }
}
