package org.townsquare.identity;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request to make an API key. */
record CreateApiKey(
        @NotBlank @Size(max = 80) String name,

        @NotNull @Size(min = 1, max = 100) @Schema(description = "Names of permissions.")
        List<@NotNull @Size(max = 80) String> scopes,

        @Schema(description = "By default 90 days from now, at most 366.") @Nullable
        Instant expiresAt,

        @Min(1) @Max(60_000) @Schema(description = "By default 600.") @Nullable
        Integer perMinute,

        @Schema(description = "The one community that the key is for; left out: all that you are in.") @Nullable
        UUID communityId,

        @Size(max = PasswordRule.LONGEST_TEXT) @Schema(description = "Your password again.") @Nullable
        String password) {
    @Override
    public String toString() {
        return "CreateApiKey";
    }
}
