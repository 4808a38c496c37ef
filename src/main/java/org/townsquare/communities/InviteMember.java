package org.townsquare.communities;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Role;

/** The request to invite: one person by mail, or whoever has the link. */
record InviteMember(
        @Schema(description = "Whom to send it to; without it the answer holds a token to hand on.")
        @Email
        @Size(min = 3, max = 254)
        @Nullable
        String email,

        @Schema(description = "CITIZEN unless it says more; more only by e-mail.") @Size(max = 7) @Nullable
        Set<@NotNull Role> roles,

        @Schema(description = "In 14 days unless it says otherwise, at most in 90.") @Nullable
        Instant expiresAt,

        @Schema(description = "How many may accept it: one unless it says more; by e-mail always one.")
        @Min(1)
        @Max(100_000)
        @Nullable
        Integer maxUses) {
    /** An address is never printed. */
    @Override
    public String toString() {
        return "InviteMember";
    }
}
