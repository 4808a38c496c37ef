package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.PrivateText;

/** A membership was suspended, until a time or until it is lifted. */
@RegisterForReflection
record MemberSuspended(
        UUID communityId,
        UUID memberId,
        UUID userId,
        @Nullable Instant until,
        PrivateText reason) implements MembershipFact {
    @Override
    public Audience audience() {
        return Audience.PERSONAL;
    }
}
