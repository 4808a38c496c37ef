package org.townsquare.governance;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The request to hide a comment from others than its author. */
record HideComment(
        @Schema(description = "Why; it is shown in place of the comment.") @NotBlank @Size(max = 500)
        String reason) {}
