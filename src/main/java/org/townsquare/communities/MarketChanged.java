package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;

/** A market was changed. */
@RegisterForReflection
record MarketChanged(UUID marketId, List<Field> fields) implements MarketFact {
    /** What can be changed of a market. */
    enum Field {
        NAME,
        COUNTRY,
        CURRENCY,
        LOCALE,
        TIME_ZONE
    }
}
