package org.townsquare.communities;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request to add a market. */
record AddMarket(
        @NotNull
        @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,39}", message = "is 1 to 40 of a-z, 0-9 and -, and begins with no dash")
        String code,

        @NotBlank @Size(max = 120) String name,

        @Schema(description = "ISO 3166, two letters; none for a region.", examples = "NG") @Size(max = 2) @Nullable
        String country,

        @Schema(description = "ISO 4217.", examples = "NGN") @NotNull @Size(max = 3)
        String currency,

        @Schema(description = "BCP 47.", examples = "en-NG") @NotNull @Size(max = 35)
        String locale,

        @Schema(description = "IANA.", examples = "Africa/Lagos") @NotNull @Size(max = 64)
        String timeZone) {}
