package org.townsquare.governance;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;

/** A vote as its voter sees it. */
record VoteView(
        Choice choice,
        Instant castAt,

        @Schema(description = "SHA-256 over proposal, voter, choice and a nonce: proves the vote without telling it.")
        String receipt) {
    /** Of a row with a vote, as both statements return it. */
    static VoteView of(Row row) {
        return new VoteView(
                Choice.valueOf(row.getString("choice")),
                row.getOffsetDateTime("cast_at").toInstant(),
                Digest.base64Url(row.getBuffer("receipt").getBytes()));
    }

    static @Nullable VoteView of(@Nullable Vote vote) {
        return vote == null || vote.choice == null ? null : ofStanding(vote);
    }

    /** Of one that is not withdrawn. */
    static VoteView ofStanding(Vote vote) {
        return new VoteView(Objects.requireNonNull(vote.choice), vote.castAt, Digest.base64Url(vote.receipt));
    }
}
