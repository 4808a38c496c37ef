package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** A session was ended before its time. */
@RegisterForReflection
record SessionEnded(UUID userId, UUID sessionId) implements AccountFact {}
