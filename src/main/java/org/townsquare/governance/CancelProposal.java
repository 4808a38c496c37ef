package org.townsquare.governance;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.townsquare.platform.NotBlankIfGiven;

/** The request to end a vote without a decision. */
record CancelProposal(
        @Schema(description = "Why; everyone who sees the proposal reads it.")
        @NotBlank
        @Size(min = 10, max = 5000)
        @NotBlankIfGiven(least = CancelProposal.SHORTEST, message = CancelProposal.TOO_SHORT)
        String reason) {
    /** Without the blanks around it. */
    static final int SHORTEST = 10;

    static final String TOO_SHORT = "must have 10 characters or more beside the blanks around it";
}
