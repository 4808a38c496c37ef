package org.townsquare.governance;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;

/** A ballot as its voter reads it, with what opens its receipt. */
record OwnBallotView(
        @JsonUnwrapped Said said,

        @Schema(description = "As in the receipt: the mark of each option in its place, joined by commas.")
        String marks,

        Instant castAt,
        String receipt,

        @Schema(description = "16 bytes in base64url. Nobody else is told.")
        String nonce,

        int revision,
        int weight,

        @Schema(description = "The entry of the log that holds the receipt.") @Nullable
        UUID entryId) {
    static OwnBallotView of(Ballot ballot, BallotForm form, List<UUID> options, @Nullable UUID entryId) {
        return new OwnBallotView(
                form.said(ballot.says(), options),
                ballot.says().text(),
                ballot.castAt,
                Digest.base64Url(ballot.receipt),
                Digest.base64Url(ballot.nonce),
                ballot.revision,
                ballot.weight,
                entryId);
    }
}
