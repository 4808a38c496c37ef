package org.townsquare.governance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The method of Markus Schulze, with winning votes. An option beats another if the strongest path to it is stronger than the strongest path back; a
 * path is as strong as its weakest link. Who is beaten by nobody wins.
 */
final class SchulzeCount {
    private final Count count;
    private final int size;

    /** The weight of the ballots that rank the row above the column. */
    private final long[][] preferred;

    /** The strongest path from row to column: the weight for its weakest link, 0 where there is no path, and the weight against that link. */
    private final long[][] strength;

    private final long[][] against;

    SchulzeCount(Count count) {
        this.count = count;
        this.size = count.size();
        this.preferred = new long[size][size];
        this.strength = new long[size][size];
        this.against = new long[size][size];
    }

    CountSheet sheet() {
        List<CountSheet.OptionCount> firsts = count.optionCounts(count.firsts());
        if (count.isEmpty()) return count.none(firsts);
        for (BallotGroup group : count.marked()) compare(group);
        link();
        widen();
        List<List<Integer>> places = places();
        List<Integer> winners = places.get(0);
        int winner = count.pick(winners);
        return new CountSheet(
                count.id(winner),
                winners.size() > 1 ? count.ids(winners) : List.of(),
                count.places(places),
                firsts,
                count.markedBallots(),
                count.blanks(),
                null,
                pairwise(),
                count.ties());
    }

    private void compare(BallotGroup group) {
        Marks marks = group.marks();
        long weight = group.weight();
        int[] ranks = new int[size];
        for (int i = 0; i < size; i++) ranks[i] = marks.at(i) == Marks.NONE ? Integer.MAX_VALUE : marks.at(i);
        for (int i = 0; i < size; i++) {
            long[] row = preferred[i];
            int rank = ranks[i];
            // all ones where i is ranked above j, without a branch that nobody can foretell
            for (int j = 0; j < size; j++) row[j] += weight & ((rank - ranks[j]) >> 31);
        }
    }

    private void link() {
        for (int i = 0; i < size; i++)
            for (int j = 0; j < size; j++)
                if (preferred[i][j] > preferred[j][i]) {
                    strength[i][j] = preferred[i][j];
                    against[i][j] = preferred[j][i];
                }
    }

    /** Floyd and Warshall's way, with the weakest link in place of the sum. */
    private void widen() {
        for (int k = 0; k < size; k++)
            for (int i = 0; i < size; i++)
                if (i != k) for (int j = 0; j < size; j++) if (j != i && j != k) widen(i, k, j);
    }

    private void widen(int i, int k, int j) {
        boolean firstIsWeaker = compare(strength[i][k], against[i][k], strength[k][j], against[k][j]) < 0;
        long weakest = firstIsWeaker ? strength[i][k] : strength[k][j];
        long against = firstIsWeaker ? this.against[i][k] : this.against[k][j];
        if (compare(weakest, against, strength[i][j], this.against[i][j]) > 0) {
            strength[i][j] = weakest;
            this.against[i][j] = against;
        }
    }

    /** More for it is stronger; of the same, less against it. */
    private static int compare(long strength, long against, long other, long otherAgainst) {
        int byWeight = Long.compare(strength, other);
        return byWeight != 0 ? byWeight : Long.compare(otherAgainst, against);
    }

    private boolean beats(int i, int j) {
        return compare(strength[i][j], against[i][j], strength[j][i], against[j][i]) > 0;
    }

    private List<List<Integer>> places() {
        var places = new ArrayList<List<Integer>>();
        List<Integer> left = count.all();
        while (!left.isEmpty()) {
            List<Integer> among = left;
            List<Integer> place = among.stream()
                    .filter(it -> among.stream().noneMatch(other -> beats(other, it)))
                    .toList();
            places.add(place);
            left = among.stream().filter(it -> !place.contains(it)).toList();
        }
        return places;
    }

    private CountSheet.Pairwise pairwise() {
        var rows = new ArrayList<List<Long>>();
        var paths = new ArrayList<List<CountSheet.@Nullable Path>>();
        for (int i = 0; i < size; i++) {
            int row = i;
            rows.add(IntStream.range(0, size).mapToObj(j -> preferred[row][j]).toList());
            var cells = new ArrayList<CountSheet.@Nullable Path>();
            for (int j = 0; j < size; j++)
                cells.add(strength[i][j] == 0 ? null : new CountSheet.Path(strength[i][j], against[i][j]));
            paths.add(cells);
        }
        return new CountSheet.Pairwise(count.ids(count.all()), rows, paths);
    }
}
