package org.townsquare.communities;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Fact;

/** What happened to a market: a matter of the installation. */
interface MarketFact extends Fact {
    UUID marketId();

    @Override
    default @Nullable UUID communityId() {
        return null;
    }

    @Override
    default Subject subject() {
        return new Subject("market", marketId());
    }

    @Override
    default Audience audience() {
        return Audience.SECURITY;
    }
}
