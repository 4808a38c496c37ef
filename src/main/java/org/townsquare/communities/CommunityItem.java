package org.townsquare.communities;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A community in a list of them. */
record CommunityItem(
        UUID id,
        String slug,
        String name,

        @Schema(description = "The code of its market.", examples = "default")
        String market,

        Visibility visibility,
        JoinPolicy joinPolicy,

        @Schema(description = "Whether the platform has suspended it.")
        boolean suspended,

        @Schema(description = "How you stand in it.") MemberStatus myStatus,
        Instant createdAt) {
    static CommunityItem of(CommunityRow row, Viewer viewer) {
        return new CommunityItem(
                row.id(),
                row.slug(),
                row.name(),
                row.market(),
                row.visibility(),
                row.joinPolicy(),
                row.suspendedAt() != null,
                viewer.in(row.id()).status,
                row.createdAt());
    }
}
