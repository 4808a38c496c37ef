package org.townsquare.governance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Many ballots and their count. */
public final class MeasuredCount {
    private final VotingMethod method;
    private final @Nullable Counting counting;
    private final List<Candidate> options;
    private final List<BallotGroup> ballots;

    /** Ballots on so many options, drawn with this seed, each by itself as it was cast. */
    public MeasuredCount(VotingMethod method, @Nullable Counting counting, int options, int ballots, long seed) {
        this.method = method;
        this.counting = counting;
        this.options = IntStream.range(0, options)
                .mapToObj(i -> new Candidate(new UUID(0, i + 1), i + 1))
                .toList();
        var random = new Random(seed);
        this.ballots = IntStream.range(0, ballots)
                .mapToObj(i -> BallotGroup.one(marks(random, options), 1 + i % 3))
                .toList();
    }

    private Marks marks(Random random, int size) {
        var marks = new ArrayList<@Nullable Integer>(Collections.nCopies(size, null));
        switch (method) {
            case SINGLE_CHOICE -> marks.set(random.nextInt(size), 1);
            case APPROVAL -> {
                for (int i = 0; i < size; i++) if (random.nextBoolean()) marks.set(i, 1);
            }
            case SCORE -> {
                for (int i = 0; i < size; i++) marks.set(i, random.nextInt(11));
            }
            case RANKED -> {
                for (int i = 0; i < size; i++) marks.set(i, i + 1);
                Collections.shuffle(marks, random);
            }
        }
        return Marks.of(marks);
    }

    /** Puts equal ballots together and counts them; the number of groups. */
    public int run() {
        List<BallotGroup> groups = BallotGroup.together(ballots.stream());
        if (Count.of(method, counting, 10, options, groups).winner() == null)
            throw new IllegalStateException("nobody won");
        return groups.size();
    }
}
