package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Fact;

/** Somebody opened an account. */
@RegisterForReflection
record UserSignedUp(UUID userId) implements Fact {
    @Override
    public @Nullable UUID communityId() {
        return null;
    }

    @Override
    public Subject subject() {
        return new Subject("users", userId);
    }

    @Override
    public Audience audience() {
        return Audience.SECURITY;
    }
}
