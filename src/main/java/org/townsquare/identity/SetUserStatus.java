package org.townsquare.identity;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The request to let an account be used, or not. */
record SetUserStatus(
        @NotNull Status status,

        @NotBlank @Size(max = 500) @Schema(description = "Why.")
        String reason) {
    /** What an admin can set. */
    @Schema(name = "SettableUserStatus")
    enum Status {
        ACTIVE,
        DISABLED
    }
}
