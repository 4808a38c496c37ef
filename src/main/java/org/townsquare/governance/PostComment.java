package org.townsquare.governance;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request to comment on a proposal. */
record PostComment(
        @NotBlank @Size(max = 5000) String content,

        @Schema(description = "The comment that this one answers.") @Nullable
        UUID parentId) {}
