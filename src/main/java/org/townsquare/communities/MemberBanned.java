package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.PrivateText;

/** Somebody was banned: to the community a stranger, who cannot become a member. */
@RegisterForReflection
record MemberBanned(UUID communityId, UUID memberId, UUID userId, PrivateText reason) implements MembershipFact {
    @Override
    public Audience audience() {
        return Audience.PERSONAL;
    }
}
