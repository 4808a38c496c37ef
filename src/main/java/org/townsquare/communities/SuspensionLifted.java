package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** A suspended member is an active one again, by an ADMIN. */
@RegisterForReflection
record SuspensionLifted(UUID communityId, UUID memberId, UUID userId) implements MembershipFact {
    @Override
    public Audience audience() {
        return Audience.PERSONAL;
    }
}
