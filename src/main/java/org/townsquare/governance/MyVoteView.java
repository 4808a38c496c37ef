package org.townsquare.governance;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.townsquare.platform.Digest;

/** An own vote in the list of all of them. */
record MyVoteView(
        UUID id, UUID communityId, UUID proposalId, String title, Choice choice, Instant castAt, String receipt) {
    static MyVoteView of(MyVoteRow row) {
        Vote vote = row.vote();
        return new MyVoteView(
                vote.id,
                vote.communityId,
                vote.proposalId,
                row.title(),
                Objects.requireNonNull(vote.choice),
                vote.castAt,
                Digest.base64Url(vote.receipt));
    }
}
