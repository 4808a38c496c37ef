package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** A user proved a phone. */
@RegisterForReflection
record PhoneConfirmed(UUID userId, UUID verificationId) implements AccountFact {}
