package org.townsquare.governance;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The counts of a vote: sums of weights, and how many voted. */
record TallyView(
        long yes,
        long no,
        long abstain,
        long voters,
        int electors,
        long totalWeight,
        Instant asOf,

        @JsonProperty("final")
        @Schema(name = "final", description = "Whether they are exact for good. Else at most about two seconds behind.")
        boolean isFinal) {

    /** Null before the opening, and as long as they are not disclosed. */
    static @Nullable TallyView of(
            ProposalStatus status,
            @Nullable Results results,
            @Nullable Electorate electorate,
            @Nullable ProposalTally tally) {
        if (results == null || electorate == null || tally == null) return null;
        if (!Disclosure.showsCounts(status, results)) return null;
        return new TallyView(
                tally.yes,
                tally.no,
                tally.abstain,
                tally.voters,
                electorate.electors,
                electorate.totalWeight,
                tally.asOf,
                tally.isFinal);
    }
}
