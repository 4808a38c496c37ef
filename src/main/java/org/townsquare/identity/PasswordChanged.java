package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** A user set another password. All other sessions have ended. */
@RegisterForReflection
record PasswordChanged(UUID userId) implements AccountFact {}
