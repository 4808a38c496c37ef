package org.townsquare.governance;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A text that a proposal has, or had. */
record ProposalTextView(
        UUID id,
        int revision,
        String title,
        String description,
        Instant savedAt,

        @Schema(description = "When it was handed to the council; none for a text that only its author sees.") @Nullable
        Instant submittedAt) {
    static ProposalTextView of(ProposalText text) {
        return new ProposalTextView(
                text.id, text.revision, text.title, text.description, text.createdAt, text.submittedAt);
    }
}
