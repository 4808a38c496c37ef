package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** An invitation was withdrawn. */
@RegisterForReflection
record InvitationWithdrawn(UUID communityId, UUID invitationId) implements InvitationFact {}
