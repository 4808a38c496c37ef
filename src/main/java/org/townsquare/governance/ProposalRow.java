package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A proposal as the list reads it. */
@RegisterForReflection
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
        @Nullable JsonObject rule,
        @Nullable Outcome outcome,
        @Nullable OutcomeReason outcomeReason,
        @Nullable Electorate electorate,
        @Nullable ProposalTally tally) {}
