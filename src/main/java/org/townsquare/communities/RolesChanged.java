package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;
import org.townsquare.identity.Role;

/** A member's roles were set. */
@RegisterForReflection
record RolesChanged(UUID communityId, UUID memberId, UUID userId, List<Role> before, List<Role> after)
        implements MembershipFact {
    @Override
    public Audience audience() {
        return Audience.PUBLIC;
    }
}
