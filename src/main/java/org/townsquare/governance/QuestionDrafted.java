package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.Fact;

/** A question was written. Those who may write questions see drafts. */
@RegisterForReflection
record QuestionDrafted(UUID communityId, UUID questionId) implements Fact {
    @Override
    public Subject subject() {
        return new Subject("question", questionId);
    }

    @Override
    public Audience audience() {
        return Audience.PERSONAL;
    }
}
