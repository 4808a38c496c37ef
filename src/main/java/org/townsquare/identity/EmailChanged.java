package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** A user proved another e-mail, which took the place of the one before. */
@RegisterForReflection
record EmailChanged(UUID userId, UUID verificationId) implements AccountFact {}
