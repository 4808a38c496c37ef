package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.Fact;
import org.townsquare.platform.Digest;

/** A vote was withdrawn. The receipt is that of a vote whose choice is the word WITHDRAWN. */
@RegisterForReflection
record VoteWithdrawn(UUID communityId, UUID voteId, UUID proposalId, Digest receipt) implements Fact {
    @Override
    public Subject subject() {
        return new Subject("vote", voteId);
    }

    @Override
    public Audience audience() {
        return Audience.BALLOT;
    }
}
