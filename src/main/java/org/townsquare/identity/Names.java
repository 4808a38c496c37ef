package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The names of users, for views that show a person whom the viewer may see already. */
public final class Names {
    private Names() {}

    public static Uni<String> of(UUID userId) {
        return User.nameOf(userId);
    }

    public static Uni<Map<UUID, String>> of(Collection<UUID> userIds) {
        return User.of(userIds)
                .map(users -> users.stream().collect(Collectors.toMap(user -> user.id, user -> user.name)));
    }
}
