package org.townsquare.governance;

import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;

/** A vote in the list of all of a proposal. */
record VoteItem(
        AuthorView voter,
        int weight,

        @Schema(description = "Absent until the vote is closed.") @Nullable
        Choice choice,

        @Schema(description = "Absent until the vote is closed.") @Nullable
        Instant castAt,

        @Schema(description = "Absent until the vote is closed.") @Nullable
        String receipt) {
    static VoteItem of(VoteRow row, Disclosure.Votes shown) {
        return shown == Disclosure.Votes.CHOICES ? whole(row) : voter(row);
    }

    private static VoteItem whole(VoteRow row) {
        Vote vote = row.vote();
        return new VoteItem(
                new AuthorView(vote.userId, row.name()),
                vote.weight,
                Objects.requireNonNull(vote.choice),
                vote.castAt,
                Digest.base64Url(vote.receipt));
    }

    private static VoteItem voter(VoteRow row) {
        return new VoteItem(new AuthorView(row.vote().userId, row.name()), row.vote().weight, null, null, null);
    }
}
