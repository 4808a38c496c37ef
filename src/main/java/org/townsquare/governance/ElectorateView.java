package org.townsquare.governance;

import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who may vote on a proposal, in numbers, and whether the viewer may. */
record ElectorateView(Instant takenAt, int electors, long totalWeight, Me me) {
    /** The viewer. */
    @Schema(name = "ElectorateMe")
    record Me(
            boolean eligible,
            @Nullable Integer weight,

            @Schema(description = "Why the viewer may not vote.") @Nullable
            NoVote reason) {}

    static ElectorateView of(Proposal proposal, Electorate electorate, PlaceInElectorate place) {
        NoVote reason = place.reason(Objects.requireNonNull(proposal.terms()), electorate.takenAt);
        return new ElectorateView(
                electorate.takenAt,
                electorate.electors,
                electorate.totalWeight,
                new Me(reason == null, place.weight(), reason));
    }
}
