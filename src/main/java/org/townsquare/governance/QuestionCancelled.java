package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.Fact;
import org.townsquare.journal.PrivateText;

/** A question was ended without an outcome: who had taken part, and why. */
@RegisterForReflection
record QuestionCancelled(
        UUID communityId, UUID questionId, long voters, int electors, long weight, long totalWeight, PrivateText reason)
        implements Fact {
    @Override
    public Subject subject() {
        return new Subject("question", questionId);
    }

    @Override
    public Audience audience() {
        return Audience.PUBLIC;
    }
}
