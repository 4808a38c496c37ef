package org.townsquare.governance;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.townsquare.platform.NotBlankIfGiven;

/** The request to end a question without an outcome. */
record CancelQuestion(
        @Schema(description = "Why; everyone who sees the question reads it.")
        @NotBlank
        @Size(min = 10, max = 5000)
        @NotBlankIfGiven(least = CancelProposal.SHORTEST, message = CancelProposal.TOO_SHORT)
        String reason) {}
