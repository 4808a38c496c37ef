package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.Fact;

/** The author gave up a draft, which nobody else sees, or took back what was under review. */
@RegisterForReflection
record ProposalWithdrawn(UUID communityId, UUID proposalId, OutcomeReason reason) implements Fact {
    @Override
    public Subject subject() {
        return new Subject("proposal", proposalId);
    }

    @Override
    public Audience audience() {
        return reason == OutcomeReason.DISCARDED ? Audience.PERSONAL : Audience.PUBLIC;
    }
}
