package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Fact;

/** Somebody signed out. */
@RegisterForReflection
record SignedOut(UUID userId, UUID sessionId) implements Fact {
    @Override
    public @Nullable UUID communityId() {
        return null;
    }

    @Override
    public Subject subject() {
        return new Subject("session", sessionId);
    }

    @Override
    public Audience audience() {
        return Audience.SECURITY;
    }
}
