package org.townsquare.governance;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Columns;

/** A proposal as {@code proposals.sql} lists it. */
record ProposalRow(
        UUID id,
        String title,
        ProposalStatus status,
        UUID authorId,
        String authorName,
        @Nullable Instant submittedAt,
        @Nullable Instant votingStartedAt,
        @Nullable Instant closesAt,
        @Nullable Instant votingClosedAt,
        @Nullable Results results,
        @Nullable Outcome outcome,
        @Nullable OutcomeReason outcomeReason,
        @Nullable Electorate electorate,
        @Nullable ProposalTally tally) {
    static ProposalRow of(Row row) {
        return new ProposalRow(
                row.getUUID("id"),
                row.getString("title"),
                ProposalStatus.valueOf(row.getString("status")),
                row.getUUID("author_id"),
                row.getString("author_name"),
                Columns.instant(row, "submitted_at"),
                Columns.instant(row, "voting_started_at"),
                Columns.instant(row, "closes_at"),
                Columns.instant(row, "voting_closed_at"),
                Columns.oneOf(Results.class, row, "results"),
                Columns.oneOf(Outcome.class, row, "outcome"),
                Columns.oneOf(OutcomeReason.class, row, "outcome_reason"),
                Electorate.of(row),
                ProposalTally.of(row));
    }
}
