package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.Fact;
import org.townsquare.platform.Digest;

/** A decision rule was written: a new one, or the next revision of one. */
@RegisterForReflection
record RuleWritten(UUID communityId, UUID ruleId, int revision, Digest ruleHash) implements Fact {
    @Override
    public Subject subject() {
        return new Subject("decision_rule", ruleId);
    }

    @Override
    public Audience audience() {
        return Audience.PUBLIC;
    }
}
