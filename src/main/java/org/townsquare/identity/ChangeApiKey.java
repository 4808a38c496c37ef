package org.townsquare.identity;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.NotBlankIfGiven;

/** The request to change an API key: what is left out stays. */
record ChangeApiKey(
        @NotBlankIfGiven @Size(max = 80) @Nullable String name,

        @Size(min = 1, max = 100) @Nullable List<@NotNull @Size(max = 80) String> scopes,
        @Min(1) @Max(60_000) @Nullable Integer perMinute,

        @Size(max = PasswordRule.LONGEST_TEXT)
        @Schema(description = "Your password again, where the key gets a scope that it has not.")
        @Nullable
        String password) {
    @Override
    public String toString() {
        return "ChangeApiKey";
    }
}
