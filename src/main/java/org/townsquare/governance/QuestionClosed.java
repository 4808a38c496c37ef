package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Fact;
import org.townsquare.platform.Digest;

/** A question ended: who took part, which option won if one did, and the digest of the whole count. */
@RegisterForReflection
record QuestionClosed(
        UUID communityId,
        UUID questionId,
        ResultReason reason,
        @Nullable UUID winner,
        long voters,
        int electors,
        long weight,
        long totalWeight,
        Digest resultHash)
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
