package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.Fact;
import org.townsquare.platform.Digest;

/** A draft was handed to the council; its text is fixed by the digest. */
@RegisterForReflection
record ProposalSubmitted(UUID communityId, UUID proposalId, Digest textHash) implements Fact {
    @Override
    public Subject subject() {
        return new Subject("proposal", proposalId);
    }

    @Override
    public Audience audience() {
        return Audience.PUBLIC;
    }
}
