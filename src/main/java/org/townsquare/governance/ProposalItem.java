package org.townsquare.governance;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A proposal in a list. */
record ProposalItem(
        UUID id,
        String title,
        ProposalStatus status,
        boolean closing,
        AuthorView author,
        @Nullable Instant submittedAt,
        @Nullable Instant votingStartedAt,
        @Nullable Instant closesAt,
        @Nullable Instant votingClosedAt,
        @Nullable TallyView tally,
        @Nullable Outcome outcome,
        @Nullable OutcomeReason outcomeReason) {
    static ProposalItem of(ProposalRow row, Instant now) {
        return new ProposalItem(
                row.id(),
                row.title(),
                row.status(),
                row.status() == ProposalStatus.VOTING && row.closesAt() != null && !now.isBefore(row.closesAt()),
                new AuthorView(row.authorId(), row.authorName()),
                row.submittedAt(),
                row.votingStartedAt(),
                row.closesAt(),
                row.votingClosedAt(),
                TallyView.of(row.status(), row.results(), row.electorate(), row.tally()),
                row.outcome(),
                row.outcomeReason());
    }
}
