package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** The names of users, for views that show a person whom the viewer may see already. */
public final class Names {
    private Names() {}

    public static Uni<String> of(UUID userId) {
        return User.nameOf(userId);
    }
}
