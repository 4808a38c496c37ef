package org.townsquare.communities;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.NotBlankIfGiven;

/** The request to change a community: what is left out stays. */
record EditCommunity(
        @NotBlankIfGiven @Size(max = 120) @Nullable String name,

        @Pattern(regexp = "[a-z0-9][a-z0-9-]{1,62}", message = "is 2 to 63 of a-z, 0-9 and -, and begins with no dash")
        @Nullable
        String slug,

        @Schema(description = "An empty one removes it.") @Size(max = 5000) @Nullable
        String description,

        @Schema(description = "Your own data, whole: an object of at most 16 kB.") @Nullable
        Map<String, Object> metadata,

        @Nullable Visibility visibility,
        @Nullable JoinPolicy joinPolicy) {}
