package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.platform.Digest;

/** A vote was withdrawn. The receipt is that of a vote whose choice is the word WITHDRAWN. */
@RegisterForReflection
record VoteWithdrawn(UUID communityId, UUID voteId, UUID proposalId, Digest receipt) implements BallotFact {
    @Override
    public Subject subject() {
        return new Subject("vote", voteId);
    }

    @Override
    public UUID votedOn() {
        return proposalId;
    }
}
