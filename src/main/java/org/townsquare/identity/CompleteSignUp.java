package org.townsquare.identity;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** The request to finish a sign-up that waits for the e-mail's proof. */
record CompleteSignUp(
        @NotNull @Size(max = 200) String token,
        @NotNull @Size(max = PasswordRule.LONGEST_TEXT) String password) {
    @Override
    public String toString() {
        return "CompleteSignUp";
    }
}
