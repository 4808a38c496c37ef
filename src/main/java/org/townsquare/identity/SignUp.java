package org.townsquare.identity;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** The request to open an account. */
record SignUp(
        @NotBlank @Size(max = 120) String name,
        @NotNull @Email @Size(min = 3, max = 254) String email,
        @NotNull @Size(min = 8, max = 128) String password) {
    @Override
    public String toString() {
        return "SignUp";
    }
}
