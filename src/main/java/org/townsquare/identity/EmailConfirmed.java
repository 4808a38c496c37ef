package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** A user proved the e-mail. */
@RegisterForReflection
record EmailConfirmed(UUID userId) implements AccountFact {}
