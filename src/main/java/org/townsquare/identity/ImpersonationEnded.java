package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** An admin no longer acts as a user. */
@RegisterForReflection
record ImpersonationEnded(UUID userId, UUID sessionId, UUID adminId) implements AccountFact {}
