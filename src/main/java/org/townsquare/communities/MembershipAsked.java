package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** Somebody asked to become a member. */
@RegisterForReflection
record MembershipAsked(UUID communityId, UUID memberId, UUID userId) implements MembershipFact {
    @Override
    public Audience audience() {
        return Audience.PERSONAL;
    }
}
