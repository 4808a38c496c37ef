package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.townsquare.journal.PrivateText;

/** An admin began to act as a user. */
@RegisterForReflection
record ImpersonationStarted(UUID userId, UUID sessionId, UUID adminId, Instant expiresAt, PrivateText reason)
        implements AccountFact {}
