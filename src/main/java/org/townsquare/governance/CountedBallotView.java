package org.townsquare.governance;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.townsquare.platform.Digest;

/** A ballot that was counted, after the close. */
record CountedBallotView(
        UUID id, AuthorView voter, @JsonUnwrapped Said said, int weight, Instant castAt, String receipt) {
    static CountedBallotView of(BallotRow row, BallotForm form, List<UUID> options) {
        Ballot ballot = row.ballot();
        return new CountedBallotView(
                ballot.id,
                new AuthorView(ballot.userId, row.name()),
                form.said(ballot.says(), options),
                ballot.weight,
                ballot.castAt,
                Digest.base64Url(ballot.receipt));
    }
}
