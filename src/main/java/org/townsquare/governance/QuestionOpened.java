package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.townsquare.journal.Fact;
import org.townsquare.platform.Digest;

/** A question was opened: what is asked, under this rule, with this electorate, and with ties decided in this order of options. */
@RegisterForReflection
record QuestionOpened(
        UUID communityId,
        UUID questionId,
        Digest textHash,
        UUID ruleId,
        Digest ruleHash,
        int electors,
        long totalWeight,
        List<UUID> tieOrder,
        Instant closesAt)
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
