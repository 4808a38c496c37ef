package org.townsquare.communities;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A market. */
record MarketView(
        UUID id, String code, String name, @Nullable String country, String currency, String locale, String timeZone) {
    static MarketView of(Market market) {
        return new MarketView(
                market.id, market.code, market.name, market.country, market.currency, market.locale, market.timeZone);
    }
}
