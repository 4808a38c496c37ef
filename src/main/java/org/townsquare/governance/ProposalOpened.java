package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.townsquare.journal.Fact;
import org.townsquare.platform.Digest;

/** The vote on a proposal began, under this rule and with this electorate. */
@RegisterForReflection
record ProposalOpened(
        UUID communityId,
        UUID proposalId,
        UUID ruleId,
        Digest ruleHash,
        int electors,
        long totalWeight,
        Instant closesAt)
        implements Fact {
    @Override
    public Subject subject() {
        return new Subject("proposal", proposalId);
    }

    @Override
    public Audience audience() {
        return Audience.PUBLIC;
    }
}
