package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.Fact;

/** A decision rule became the default of its community, in place of another. */
@RegisterForReflection
record RuleAdopted(UUID communityId, UUID ruleId, UUID before) implements Fact {
    @Override
    public Subject subject() {
        return new Subject("decision_rule", ruleId);
    }

    @Override
    public Audience audience() {
        return Audience.PUBLIC;
    }
}
