package org.townsquare.governance;

import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/** All ballots that say the same: how many there are, and what they weigh together. */
record BallotGroup(Marks marks, long ballots, long weight) {
    static BallotGroup one(Marks marks, long weight) {
        return new BallotGroup(marks, 1, weight);
    }

    /** Equal ballots together, in no order. */
    static List<BallotGroup> together(Stream<BallotGroup> ballots) {
        var groups = new HashMap<Marks, BallotGroup>();
        ballots.forEach(it -> groups.merge(it.marks, it, BallotGroup::with));
        return List.copyOf(groups.values());
    }

    private BallotGroup with(BallotGroup other) {
        return new BallotGroup(marks, ballots + other.ballots, weight + other.weight);
    }
}
