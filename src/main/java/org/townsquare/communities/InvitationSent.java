package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.townsquare.identity.Role;

/** Somebody was invited, by mail or by a link. To whom stands in the row alone. */
@RegisterForReflection
record InvitationSent(
        UUID communityId, UUID invitationId, boolean byMail, List<Role> roles, int maxUses, Instant expiresAt)
        implements InvitationFact {}
