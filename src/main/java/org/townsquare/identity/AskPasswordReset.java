package org.townsquare.identity;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** The request for a mail with which the password can be set anew. */
record AskPasswordReset(@NotNull @Size(max = 254) String email) {
    @Override
    public String toString() {
        return "AskPasswordReset";
    }
}
