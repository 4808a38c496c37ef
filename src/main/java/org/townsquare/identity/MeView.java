package org.townsquare.identity;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** A user's own account, and where they stand. */
record MeView(UUID id, String name, String email, Instant createdAt, List<Membership> memberships) {
    /** Where a user stands in one community. */
    record Membership(UUID communityId, String status, Set<Role> roles) {}

    static MeView of(User user, SignedInUser signedIn) {
        return new MeView(
                user.id,
                user.name,
                user.email,
                user.createdAt,
                signedIn.standings().stream()
                        .map(it -> new Membership(it.communityId(), it.status(), new TreeSet<>(it.roles())))
                        .toList());
    }
}
