package org.townsquare.identity;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The request to confirm a phone, with the code that was sent there. */
record ConfirmPhone(
        @NotNull @Pattern(regexp = "[0-9]{6}", message = "must be six digits") @Schema(examples = "204713")
        String code) {
    @Override
    public String toString() {
        return "ConfirmPhone";
    }
}
