package org.townsquare.communities;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Permission;
import org.townsquare.identity.Role;

/** A member as other members see them; why a status was given, for the member and for ADMINs alone. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MemberView(
        UUID communityId,
        UUID userId,
        String name,
        MemberStatus status,
        List<Role> roles,
        @Nullable Instant joinedAt,

        @Schema(description = "Why they are suspended or banned; for the member and for ADMINs.") @Nullable
        String reason,

        @Schema(description = "When the suspension ends by itself; for the member and for ADMINs.") @Nullable
        Instant suspendedUntil,

        @Schema(description = "Since when they stand as they do; for the member and for ADMINs.") @Nullable
        Instant statusChangedAt,

        @Schema(description = "Who changed the status; for the member and for ADMINs.") @Nullable
        UUID statusChangedBy) {
    static MemberView of(MemberRow row, Viewer viewer, UUID communityId, Instant now) {
        MemberStatus status = Member.statusAt(row.status(), row.suspendedUntil(), now);
        boolean lapsed = status != row.status();
        boolean whole =
                row.userId().equals(viewer.actorId()) || viewer.in(communityId).may(Permission.MEMBER_READ_ALL);
        return new MemberView(
                communityId,
                row.userId(),
                row.name(),
                status,
                row.roles(),
                row.joinedAt(),
                whole && !lapsed ? row.statusReason() : null,
                whole && !lapsed ? row.suspendedUntil() : null,
                whole ? (lapsed ? row.suspendedUntil() : row.statusChangedAt()) : null,
                whole && !lapsed ? row.statusChangedBy() : null);
    }
}
