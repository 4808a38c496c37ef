package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.Fact;

/** A question that is not yet open was changed. */
@RegisterForReflection
record QuestionEdited(UUID communityId, UUID questionId) implements Fact {
    @Override
    public Subject subject() {
        return new Subject("question", questionId);
    }

    @Override
    public Audience audience() {
        return Audience.PERSONAL;
    }
}
