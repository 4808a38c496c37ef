package org.townsquare.communities;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request to found a community. */
record FoundCommunity(
        @NotBlank @Size(max = 120) String name,

        @NotNull
        @Pattern(regexp = "[a-z0-9][a-z0-9-]{1,62}", message = "is 2 to 63 of a-z, 0-9 and -, and begins with no dash")
        @Schema(description = "The short name in addresses, unique on this installation.", examples = "millbrook")
        String slug,

        @Size(max = 40) @Nullable String market,
        @Size(max = 5000) @Nullable String description,

        @Schema(description = "Your own data, an object of at most 16 kB; never interpreted.") @Nullable
        Map<String, Object> metadata,

        @Nullable Visibility visibility,
        @Nullable JoinPolicy joinPolicy) {}
