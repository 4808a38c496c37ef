package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** Who was invited by mail declined. */
@RegisterForReflection
record InvitationDeclined(UUID communityId, UUID invitationId) implements InvitationFact {
    @Override
    public Audience audience() {
        return Audience.PERSONAL;
    }
}
