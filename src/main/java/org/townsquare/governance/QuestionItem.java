package org.townsquare.governance;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A question in a list. */
record QuestionItem(
        UUID id,
        String title,
        VotingMethod method,
        QuestionState state,
        boolean closing,
        AuthorView author,
        @Nullable Instant openedAt,
        @Nullable Instant closesAt,
        @Nullable Instant closedAt,
        @Nullable Instant cancelledAt,
        @Nullable Integer electors,
        @Nullable Long totalWeight) {
    static QuestionItem of(QuestionRow row, Instant now) {
        Electorate electorate = row.electorate();
        return new QuestionItem(
                row.id(),
                row.title(),
                row.method(),
                row.state(),
                row.state() == QuestionState.OPEN && row.closesAt() != null && !now.isBefore(row.closesAt()),
                new AuthorView(row.authorId(), row.authorName()),
                row.openedAt(),
                row.closesAt(),
                row.closedAt(),
                row.cancelledAt(),
                electorate == null ? null : electorate.electors,
                electorate == null ? null : electorate.totalWeight);
    }
}
