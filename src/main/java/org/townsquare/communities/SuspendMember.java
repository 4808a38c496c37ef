package org.townsquare.communities;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request to suspend a member. */
record SuspendMember(
        @NotBlank @Size(max = 500) String reason,

        @Schema(description = "When it ends by itself; without it, when it is lifted.") @Nullable
        Instant until) {}
