package org.townsquare.communities;

import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.NotBlankIfGiven;

/** The request to change a market: what is left out stays. Its code never changes. */
record EditMarket(
        @NotBlankIfGiven @Size(max = 120) @Nullable String name,

        @Schema(description = "ISO 3166, two letters; an empty one removes it.") @Size(max = 2) @Nullable
        String country,

        @Schema(description = "ISO 4217.") @Size(max = 3) @Nullable
        String currency,

        @Schema(description = "BCP 47.") @Size(max = 35) @Nullable
        String locale,

        @Schema(description = "IANA.") @Size(max = 64) @Nullable
        String timeZone) {}
