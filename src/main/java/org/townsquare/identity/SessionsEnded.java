package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** All sessions of a user, or all but the one in use, were ended. */
@RegisterForReflection
record SessionsEnded(UUID userId, int sessions) implements AccountFact {}
