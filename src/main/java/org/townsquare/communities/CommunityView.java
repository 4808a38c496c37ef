package org.townsquare.communities;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Permission;

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

        @Schema(description = "Whether the platform has suspended it: its members read, nobody writes.")
        boolean suspended,

        @Schema(description = "How you stand in it.") MemberStatus myStatus,
        Instant createdAt,
        Can can) {
    /** What the viewer may do with it. */
    @Schema(name = "CommunityCan")
    record Can(boolean join, boolean edit, boolean invite, boolean admit, boolean delete) {}

    static CommunityView of(Community community, Viewer viewer) {
        return of(community, viewer.in(community.id), viewer.actorId() != null);
    }

    /** As this member sees it, who has come in by the same request. */
    static CommunityView of(Community community, Member member) {
        return of(community, member, true);
    }

    private static CommunityView of(Community community, Member member, boolean signedIn) {
        return new CommunityView(
                community.id,
                community.slug,
                community.name,
                community.description,
                community.marketId,
                community.visibility,
                community.joinPolicy,
                community.metadata.getMap(),
                community.suspendedAt != null,
                member.status,
                community.createdAt,
                new Can(
                        signedIn && member.mayJoin(community),
                        member.may(Permission.COMMUNITY_EDIT),
                        member.may(Permission.MEMBER_INVITE),
                        member.may(Permission.MEMBER_ADMIT),
                        member.may(Permission.COMMUNITY_DELETE)));
    }
}
