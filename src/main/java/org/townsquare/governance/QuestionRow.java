package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A question as the list reads it. */
@RegisterForReflection
record QuestionRow(
        UUID id,
        String title,
        VotingMethod method,
        QuestionState state,
        UUID authorId,
        String authorName,
        @Nullable Instant openedAt,
        @Nullable Instant closesAt,
        @Nullable Instant closedAt,
        @Nullable Instant cancelledAt,
        @Nullable Electorate electorate) {}
