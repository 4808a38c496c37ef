package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A community as a list of them reads it. */
@RegisterForReflection
record CommunityRow(
        UUID id,
        String slug,
        String name,
        String market,
        Visibility visibility,
        JoinPolicy joinPolicy,
        @Nullable Instant suspendedAt,
        Instant createdAt) {}
