package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** Who asked to become a member does not become one: an ADMIN declined, or they took it back themselves. */
@RegisterForReflection
record MembershipDeclined(UUID communityId, UUID memberId, UUID userId) implements MembershipFact {
    @Override
    public Audience audience() {
        return Audience.PERSONAL;
    }
}
