package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.platform.Digest;

/** A vote was changed. The receipt commits to the new choice without telling it. */
@RegisterForReflection
record VoteChanged(UUID communityId, UUID voteId, UUID proposalId, Digest receipt) implements BallotFact {
    @Override
    public Subject subject() {
        return new Subject("vote", voteId);
    }

    @Override
    public UUID votedOn() {
        return proposalId;
    }
}
