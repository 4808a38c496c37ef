package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** A platform admin lifted the suspension of a community. */
@RegisterForReflection
record CommunitySuspensionLifted(UUID communityId) implements CommunityFact {
    @Override
    public Audience audience() {
        return Audience.SECURITY;
    }
}
