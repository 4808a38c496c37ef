package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.townsquare.platform.Problem.Conflict;

/** A feature that does not let some users go, as a community does with its last ADMIN. */
@Singleton
class StubbornFeature implements OnErasure, OnDisable {
    static final Set<UUID> KEPT = ConcurrentHashMap.newKeySet();

    @Override
    public Uni<Void> erase(UUID userId) {
        return check(userId);
    }

    @Override
    public Uni<Void> disable(UUID userId) {
        return check(userId);
    }

    @Override
    public Uni<Void> check(UUID userId) {
        return KEPT.contains(userId)
                ? Uni.createFrom().failure(new Conflict("last-admin", "You are the last ADMIN of Oak."))
                : Uni.createFrom().voidItem();
    }
}
