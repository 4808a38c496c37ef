package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** Who was banned may become a member again. */
@RegisterForReflection
record BanLifted(UUID communityId, UUID memberId, UUID userId) implements MembershipFact {
    @Override
    public Audience audience() {
        return Audience.PERSONAL;
    }
}
