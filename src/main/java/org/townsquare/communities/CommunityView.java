package org.townsquare.communities;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A community as those see it who may. */
record CommunityView(
        UUID id,
        String slug,
        String name,
        @Nullable String description,
        UUID marketId,
        Visibility visibility,
        JoinPolicy joinPolicy,
        Map<String, Object> metadata,
        Instant createdAt) {
    static CommunityView of(Community community) {
        return new CommunityView(
                community.id,
                community.slug,
                community.name,
                community.description,
                community.marketId,
                community.visibility,
                community.joinPolicy,
                community.metadata.getMap(),
                community.createdAt);
    }
}
