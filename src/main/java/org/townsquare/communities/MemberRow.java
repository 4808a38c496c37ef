package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Role;

/** A membership as a list of them reads it. */
@RegisterForReflection
record MemberRow(
        UUID userId,
        String name,
        MemberStatus status,
        List<Role> roles,
        @Nullable Instant joinedAt,
        @Nullable String statusReason,
        @Nullable Instant suspendedUntil,
        Instant statusChangedAt,
        @Nullable UUID statusChangedBy) {
    /** As the query finds it. */
    MemberRow(
            UUID userId,
            String name,
            MemberStatus status,
            Role[] roles,
            @Nullable Instant joinedAt,
            @Nullable String statusReason,
            @Nullable Instant suspendedUntil,
            Instant statusChangedAt,
            @Nullable UUID statusChangedBy) {
        this(
                userId,
                name,
                status,
                List.of(roles),
                joinedAt,
                statusReason,
                suspendedUntil,
                statusChangedAt,
                statusChangedBy);
    }

    static MemberRow of(Member member, String name) {
        return new MemberRow(
                member.userId,
                name,
                member.status,
                member.roles,
                member.joinedAt,
                member.statusReason,
                member.suspendedUntil,
                member.statusChangedAt,
                member.statusChangedBy);
    }
}
