package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** Somebody became a member by an invitation. */
@RegisterForReflection
record InvitationAccepted(UUID communityId, UUID invitationId, UUID memberId, UUID userId) implements InvitationFact {
    @Override
    public UUID person() {
        return userId;
    }
}
