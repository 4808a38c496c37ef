package org.townsquare.identity;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The request to change the password. */
record ChangePassword(
        @NotNull @Size(max = PasswordRule.LONGEST_TEXT) String current,

        @NotNull @NewPassword @Schema(minLength = PasswordRule.SHORTEST, maxLength = PasswordRule.LONGEST)
        String password) {
    @Override
    public String toString() {
        return "ChangePassword";
    }
}
