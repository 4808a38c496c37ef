package org.townsquare.identity;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** A user's own account, and where they stand. */
record MeView(
        UUID id,
        String name,
        @Nullable String email,

        @Schema(description = "When the e-mail was proved; null until then.") @Nullable
        Instant emailVerifiedAt,

        @Schema(description = "E.164; null until one was proved.") @Nullable
        String phone,

        @Nullable Instant phoneVerifiedAt,
        String locale,
        String timeZone,
        @Nullable String bio,
        @Nullable String avatarUrl,
        Instant createdAt,
        List<Membership> memberships) {
    /** Where a user stands in one community. */
    record Membership(UUID communityId, String status, Set<Role> roles) {}

    static MeView of(User user, SignedInUser signedIn) {
        return new MeView(
                user.id,
                user.name,
                user.email,
                user.emailVerifiedAt,
                user.phone,
                user.phoneVerifiedAt,
                user.locale,
                user.timeZone,
                user.bio,
                user.avatarUrl,
                user.createdAt,
                signedIn.standings().stream()
                        .map(it -> new Membership(it.communityId(), it.status(), new TreeSet<>(it.roles())))
                        .toList());
    }

    /** With the version that a change is made on. */
    static RestResponse<MeView> answer(User user, SignedInUser signedIn) {
        return RestResponse.ResponseBuilder.ok(of(user, signedIn))
                .header("ETag", user.etag())
                .build();
    }
}
