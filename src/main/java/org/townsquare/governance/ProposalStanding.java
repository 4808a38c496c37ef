package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What stands beside a proposal for one viewer; {@code elector} is the viewer where the viewer may vote, {@code selfReview} what its rule says of authors. */
@RegisterForReflection
record ProposalStanding(
        String authorName,
        @Nullable Electorate electorate,
        @Nullable ProposalTally tally,
        @Nullable Vote vote,
        @Nullable UUID elector,
        boolean selfReview) {
    /** Of a row of {@code proposal.sql}. */
    static ProposalStanding of(Row row) {
        return new ProposalStanding(
                row.getString("author_name"),
                Electorate.of(row),
                ProposalTally.of(row),
                Vote.of(row),
                row.getUUID("elector"),
                row.getBoolean("self_review"));
    }

    ProposalStanding withoutBallot() {
        return new ProposalStanding(authorName, electorate, tally, null, null, selfReview);
    }
}
