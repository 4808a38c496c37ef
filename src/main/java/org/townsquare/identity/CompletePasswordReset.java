package org.townsquare.identity;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The request to set the password anew, with the token of the mail. */
record CompletePasswordReset(
        @NotNull @Size(max = 200) String token,

        @NotNull @NewPassword @Schema(minLength = PasswordRule.SHORTEST, maxLength = PasswordRule.LONGEST)
        String password) {
    @Override
    public String toString() {
        return "CompletePasswordReset";
    }
}
