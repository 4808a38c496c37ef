package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What stands beside a proposal for one viewer; {@code elector} is the viewer where the viewer may vote, {@code selfReview} what its rule says of authors. */
@RegisterForReflection
record ProposalStanding(
        String authorName,
        @Nullable Electorate electorate,
        @Nullable ProposalTally tally,
        @Nullable Vote vote,
        @Nullable UUID elector,
        boolean selfReview) {
    ProposalStanding withoutBallot() {
        return new ProposalStanding(authorName, electorate, tally, null, null, selfReview);
    }
}
