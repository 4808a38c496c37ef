package org.townsquare.communities;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** What the holder of an invitation shows. */
record InvitationToken(@NotNull @Size(max = 200) String token) {
    /** A secret is never printed. */
    @Override
    public String toString() {
        return "InvitationToken";
    }
}
