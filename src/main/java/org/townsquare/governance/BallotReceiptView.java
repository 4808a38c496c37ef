package org.townsquare.governance;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What anyone learns who has the receipt of a ballot. */
record BallotReceiptView(
        int revision,
        Instant castAt,

        @Schema(description = "Whether the ballot is counted, or will be as it stands.")
        boolean counted) {
    static BallotReceiptView of(Ballot ballot, Question question) {
        return new BallotReceiptView(ballot.revision, ballot.castAt, question.cancelledAt == null);
    }
}
