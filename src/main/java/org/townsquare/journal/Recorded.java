package org.townsquare.journal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An entry of the journal as a follower reads it. */
public record Recorded(
        UUID id, Instant at, String kind, @Nullable UUID communityId, UUID subjectId, Fact fact) {}
