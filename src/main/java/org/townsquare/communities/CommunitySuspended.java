package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.PrivateText;

/** A platform admin suspended a community: its members read, and nobody writes. */
@RegisterForReflection
record CommunitySuspended(UUID communityId, PrivateText reason) implements CommunityFact {
    @Override
    public Audience audience() {
        return Audience.SECURITY;
    }
}
