package org.townsquare.governance;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request to review a proposal. */
record ReviewProposal(
        @NotNull ReviewDecision decision,

        @Schema(description = "What the author should know; needed unless you approve.") @Size(max = 5000) @Nullable
        String note,

        @Schema(description = "When the vote ends, for APPROVE; by default as the rule says.") @Nullable
        Instant closesAt) {
    String noteText() {
        return note == null ? "" : note.strip();
    }
}
