package org.townsquare.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.townsquare.governance.Counting;
import org.townsquare.governance.MeasuredCount;
import org.townsquare.governance.VotingMethod;

/**
 * How long a million ballots take to be put together and counted, by every method; at worst nearly all of them differ. Not part of a build:
 * {@code ./mvnw test -Dtest=CountMeasured}.
 */
class CountMeasured {
    private static final int BALLOTS = 1_000_000;

    @Test
    void a_million_ballots_are_counted_in_seconds() {
        measure(VotingMethod.SINGLE_CHOICE, null, 10);
        measure(VotingMethod.APPROVAL, null, 10);
        measure(VotingMethod.SCORE, null, 10);
        measure(VotingMethod.RANKED, Counting.IRV, 6);
        measure(VotingMethod.RANKED, Counting.SCHULZE, 6);
        measure(VotingMethod.SCORE, null, 50);
        measure(VotingMethod.RANKED, Counting.IRV, 50);
        measure(VotingMethod.RANKED, Counting.SCHULZE, 50);
    }

    private static void measure(VotingMethod method, @Nullable Counting counting, int options) {
        var count = new MeasuredCount(method, counting, options, BALLOTS, 4);
        System.gc();
        long begin = System.nanoTime();
        int groups = count.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "MEASURED %,d ballots %-13s %-7s %2d options %,9d different %6.2f s%n",
                BALLOTS, method, counting == null ? "" : counting, options, groups, seconds);
        assertTrue(seconds < 10, "too slow");
    }
}
