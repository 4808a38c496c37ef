package org.townsquare.identity;

import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request to erase one's account. */
record AskErasure(
        @Size(max = PasswordRule.LONGEST_TEXT) @Schema(description = "Your password again.") @Nullable
        String password) {
    @Override
    public String toString() {
        return "AskErasure";
    }
}
