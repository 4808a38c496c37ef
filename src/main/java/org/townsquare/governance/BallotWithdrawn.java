package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.Fact;

/** A ballot was taken back. */
@RegisterForReflection
record BallotWithdrawn(UUID communityId, UUID ballotId, UUID questionId) implements Fact {
    @Override
    public Subject subject() {
        return new Subject("ballot", ballotId);
    }

    @Override
    public Audience audience() {
        return Audience.BALLOT;
    }
}
