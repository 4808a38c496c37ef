package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** An account was erased: nothing says any more whose it was. */
@RegisterForReflection
record UserErased(UUID userId) implements AccountFact {}
