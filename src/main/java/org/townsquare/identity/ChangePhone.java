package org.townsquare.identity;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request to have a phone. */
record ChangePhone(
        @NotNull
        @Pattern(
                regexp = "\\+[1-9][0-9]{6,14}",
                message = "must be in the international form (E.164), such as +4930123456")
        @Schema(examples = "+4930123456")
        String phone,

        @Schema(description = "The password again, for accounts that have one.")
        @Size(max = PasswordRule.LONGEST_TEXT)
        @Nullable
        String password) {
    @Override
    public String toString() {
        return "ChangePhone";
    }
}
