package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.Fact;

/** A decided proposal was put away. */
@RegisterForReflection
record ProposalArchived(UUID communityId, UUID proposalId) implements Fact {
    @Override
    public Subject subject() {
        return new Subject("proposal", proposalId);
    }

    @Override
    public Audience audience() {
        return Audience.PUBLIC;
    }
}
