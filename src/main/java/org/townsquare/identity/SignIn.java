package org.townsquare.identity;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** The request to sign in. */
record SignIn(
        @NotNull @Size(max = 254) String email,
        @NotNull @Size(max = PasswordRule.LONGEST_TEXT) String password) {
    @Override
    public String toString() {
        return "SignIn";
    }
}
