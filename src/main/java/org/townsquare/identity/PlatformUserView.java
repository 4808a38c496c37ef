package org.townsquare.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user as a platform admin sees them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PlatformUserView(
        UUID id,
        String name,
        @Nullable String email,
        UserStatus status,
        List<PlatformRole> platformRoles,
        Instant createdAt) {
    static PlatformUserView of(User user) {
        return new PlatformUserView(
                user.id, user.name, user.email, user.status, List.of(user.platformRoles), user.createdAt);
    }
}
