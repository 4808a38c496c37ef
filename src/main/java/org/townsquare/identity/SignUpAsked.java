package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Fact;

/** Somebody asked for an account where sign-up says nothing about who has one. */
@RegisterForReflection
record SignUpAsked(UUID pendingSignUpId) implements Fact {
    @Override
    public @Nullable UUID communityId() {
        return null;
    }

    @Override
    public Subject subject() {
        return new Subject("pending_sign_up", pendingSignUpId);
    }

    @Override
    public Audience audience() {
        return Audience.SECURITY;
    }
}
