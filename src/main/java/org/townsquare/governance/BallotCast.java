package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.platform.Digest;

/** A ballot was cast. The receipt commits to what it says without telling it. */
@RegisterForReflection
record BallotCast(UUID communityId, UUID ballotId, UUID questionId, Digest receipt) implements BallotFact {
    @Override
    public Subject subject() {
        return new Subject("ballot", ballotId);
    }

    @Override
    public UUID votedOn() {
        return questionId;
    }
}
