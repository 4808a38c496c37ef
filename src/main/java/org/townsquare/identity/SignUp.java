package org.townsquare.identity;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The request to open an account. */
record SignUp(
        @NotBlank @Size(max = 120) String name,
        @NotNull @Email @Size(min = 3, max = 254) String email,

        @NotNull @NewPassword @Schema(minLength = PasswordRule.SHORTEST, maxLength = PasswordRule.LONGEST)
        String password) {
    @Override
    public String toString() {
        return "SignUp";
    }
}
