package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.Fact;
import org.townsquare.journal.PrivateText;

/** The vote on a proposal was ended without a decision: what had been counted, and why. */
@RegisterForReflection
record ProposalCancelled(
        UUID communityId,
        UUID proposalId,
        long yes,
        long no,
        long abstain,
        long voters,
        int electors,
        long totalWeight,
        PrivateText reason)
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
