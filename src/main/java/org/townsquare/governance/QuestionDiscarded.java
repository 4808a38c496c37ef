package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.Fact;

/** A question that was never opened was deleted. */
@RegisterForReflection
record QuestionDiscarded(UUID communityId, UUID questionId) implements Fact {
    @Override
    public Subject subject() {
        return new Subject("question", questionId);
    }

    @Override
    public Audience audience() {
        return Audience.PERSONAL;
    }
}
