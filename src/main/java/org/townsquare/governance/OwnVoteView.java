package org.townsquare.governance;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;

/** A vote as its voter sees it, with what opens the receipt. */
record OwnVoteView(
        Choice choice,
        Instant castAt,
        String receipt,

        @Schema(
                description =
                        "With it the receipt is SHA-256 of the lines townsquare-vote-1, proposal id, user id, choice and this, joined by LF. Whoever knows it can prove the choice: keep it.")
        String nonce,

        @Schema(description = "How often the vote was changed.")
        int revision,

        int weight,

        @Schema(description = "The entry of the log that carries this receipt.") @Nullable
        UUID entryId) {
    static OwnVoteView of(Vote vote, VoteView shown, @Nullable UUID entryId) {
        return new OwnVoteView(
                shown.choice(),
                shown.castAt(),
                shown.receipt(),
                Digest.base64Url(vote.nonce),
                vote.revision,
                vote.weight,
                entryId);
    }
}
