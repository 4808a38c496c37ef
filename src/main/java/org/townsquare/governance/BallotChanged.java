package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.platform.Digest;

/** A ballot was changed. The receipt commits to what it says now without telling it. */
@RegisterForReflection
record BallotChanged(UUID communityId, UUID ballotId, UUID questionId, Digest receipt) implements BallotFact {
    @Override
    public Subject subject() {
        return new Subject("ballot", ballotId);
    }

    @Override
    public UUID votedOn() {
        return questionId;
    }
}
