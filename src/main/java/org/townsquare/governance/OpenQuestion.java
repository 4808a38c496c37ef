package org.townsquare.governance;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request to open a question. */
record OpenQuestion(
        @Schema(description = "When it ends; by default as the rule says.") @Nullable
        Instant closesAt) {}
