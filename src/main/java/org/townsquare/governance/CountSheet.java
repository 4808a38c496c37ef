package org.townsquare.governance;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A count with every step that led to its end, so that anyone can do it again. Options stand by their ids; all votes are sums of weights.
 *
 * @param winner null where no ballot was marked
 * @param tied the winners before the tie order, where the method left several
 * @param ranking places, the best first; the options of one place are equal
 * @param marked the ballots that say something
 * @param blanks those that say nothing
 * @param rounds of an instant run-off
 * @param pairwise of a count by pairs
 * @param ties each tie and what decided it
 */
@RegisterForReflection
record CountSheet(
        @Nullable UUID winner,
        List<UUID> tied,
        List<List<UUID>> ranking,
        List<OptionCount> options,
        Ballots marked,
        Ballots blanks,
        @Nullable List<Round> rounds,
        @Nullable Pairwise pairwise,
        List<Tie> ties) {

    static CountSheet none(List<OptionCount> options, Ballots marked, Ballots blanks) {
        return new CountSheet(null, List.of(), List.of(), options, marked, blanks, null, null, List.of());
    }

    /**
     * What an option got at first sight.
     *
     * @param count ballots that choose it, give it a score above 0 or rank it first
     * @param weight what these weigh; for SCORE the weights times the scores
     */
    @RegisterForReflection
    record OptionCount(UUID option, long count, long weight) {}

    /** How many ballots, and what they weigh. */
    @RegisterForReflection
    @Schema(name = "CountBallots")
    record Ballots(long count, long weight) {}

    /**
     * One round of an instant run-off: what the options still in have, and which of them wins or goes.
     *
     * @param exhausted the weight of ballots that rank none of the options still in
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CountRound")
    record Round(
            int round,
            List<Votes> votes,
            long exhausted,
            @Nullable UUID elected,
            @Nullable UUID out) {}

    /** What an option has in a round. */
    @RegisterForReflection
    @Schema(name = "CountVotes")
    record Votes(UUID option, long weight) {}

    /**
     * Every option against every other. The rows and columns are in the order of {@code options}.
     *
     * @param preferred row over column: the weight of the ballots that rank it higher
     * @param paths from row to column: the strongest path; null where there is none
     */
    @RegisterForReflection
    record Pairwise(List<UUID> options, List<List<Long>> preferred, List<List<@Nullable Path>> paths) {}

    /** How strong a path is: its weakest link, that is the weight for it, then the weight against it. */
    @RegisterForReflection
    @Schema(name = "CountPath")
    record Path(long weight, long against) {}

    /**
     * A tie and its end.
     *
     * @param round of an instant run-off, where somebody had to go
     * @param chosen who won, or who went
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CountTie")
    record Tie(@Nullable Integer round, List<UUID> options, TieBreak by, UUID chosen) {}

    /** What decided a tie. */
    enum TieBreak {
        /** Who had fewer votes in an earlier round goes. */
        EARLIER_ROUND,
        /** Who was given the highest score by more weight is ahead. */
        TOP_SCORES,
        /** The order that was drawn when the question was opened. */
        TIE_ORDER
    }
}
