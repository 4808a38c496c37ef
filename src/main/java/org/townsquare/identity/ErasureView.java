package org.townsquare.identity;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An erasure that was asked for. */
record ErasureView(
        @Schema(description = "When the account is erased, unless that is called off before.")
        Instant dueAt) {}
