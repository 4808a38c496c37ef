package org.townsquare.governance;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who may vote on a proposal or a question, in numbers, and whether the viewer may. */
record ElectorateView(Instant takenAt, int electors, long totalWeight, Me me) {
    /** The viewer. */
    @Schema(name = "ElectorateMe")
    record Me(
            boolean eligible,
            @Nullable Integer weight,

            @Schema(description = "Why the viewer may not vote.") @Nullable
            NoVote reason) {}

    static ElectorateView of(RuleTerms terms, Electorate electorate, PlaceInElectorate place) {
        NoVote reason = place.reason(terms, electorate.takenAt);
        return new ElectorateView(
                electorate.takenAt,
                electorate.electors,
                electorate.totalWeight,
                new Me(reason == null, place.weight(), reason));
    }
}
