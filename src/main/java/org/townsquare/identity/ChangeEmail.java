package org.townsquare.identity;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request to change the e-mail. */
record ChangeEmail(
        @NotNull @Email @Size(min = 3, max = 254) String email,

        @Schema(description = "The password again, for accounts that have one.")
        @Size(max = PasswordRule.LONGEST_TEXT)
        @Nullable
        String password) {
    @Override
    public String toString() {
        return "ChangeEmail";
    }
}
