package org.townsquare.audit;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A key that signs checkpoints, or did. */
record LogKeyView(
        @Schema(description = "As C2SP signed-note writes a verifier key.", examples = "town.example/log+5c9f3a01+AQ0…")
        String key,

        @Schema(description = "Whether checkpoints are signed by it now.")
        boolean current) {}
