package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.Fact;
import org.townsquare.journal.PrivateText;

/** The council approved, returned or rejected a proposal. */
@RegisterForReflection
record ProposalReviewed(UUID communityId, UUID proposalId, UUID reviewId, ReviewDecision decision, PrivateText note)
        implements Fact {
    @Override
    public Subject subject() {
        return new Subject("proposal", proposalId);
    }

    @Override
    public Audience audience() {
        return Audience.MEMBER;
    }
}
