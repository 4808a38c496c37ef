package org.townsquare.communities;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Role;

/** A member as other members see them. */
record MemberView(
        UUID userId,
        String name,
        MemberStatus status,
        List<Role> roles,
        @Nullable Instant joinedAt) {
    /** As a row of the list. */
    MemberView(UUID userId, String name, MemberStatus status, Role[] roles, @Nullable Instant joinedAt) {
        this(userId, name, status, List.of(roles), joinedAt);
    }

    static MemberView of(Member member, String name) {
        return new MemberView(member.userId, name, member.status, member.roles, member.joinedAt);
    }
}
