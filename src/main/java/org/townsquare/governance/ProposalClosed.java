package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.Fact;

/** The vote on a proposal ended: the exact sums and what they came to. */
@RegisterForReflection
record ProposalClosed(
        UUID communityId,
        UUID proposalId,
        Outcome outcome,
        OutcomeReason reason,
        long yes,
        long no,
        long abstain,
        long voters,
        int electors,
        long totalWeight)
        implements Fact {
    @Override
    public Subject subject() {
        return new Subject("proposal", proposalId);
    }

    @Override
    public Audience audience() {
        return Audience.PUBLIC;
    }
}
