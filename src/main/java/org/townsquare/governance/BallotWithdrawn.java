package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** A ballot was taken back. */
@RegisterForReflection
record BallotWithdrawn(UUID communityId, UUID ballotId, UUID questionId) implements BallotFact {
    @Override
    public Subject subject() {
        return new Subject("ballot", ballotId);
    }

    @Override
    public UUID votedOn() {
        return questionId;
    }
}
