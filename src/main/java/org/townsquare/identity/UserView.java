package org.townsquare.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a user sees of their own account. */
public record UserView(UUID id, String name, @Nullable String email, Instant createdAt) {
    public static UserView of(User user) {
        return new UserView(user.id, user.name, user.email, user.createdAt);
    }
}
