package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** There is a new market for communities to stand in. */
@RegisterForReflection
record MarketAdded(UUID marketId) implements MarketFact {}
