package org.townsquare.governance;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The request to end a vote without a decision. */
record CancelProposal(
        @Schema(description = "Why; everyone who sees the proposal reads it.") @NotBlank @Size(min = 10, max = 5000)
        String reason) {}
