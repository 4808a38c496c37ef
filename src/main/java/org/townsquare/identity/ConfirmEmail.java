package org.townsquare.identity;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** The request to confirm an e-mail, with the token that was sent there. */
record ConfirmEmail(@NotNull @Size(max = 200) String token) {
    @Override
    public String toString() {
        return "ConfirmEmail";
    }
}
