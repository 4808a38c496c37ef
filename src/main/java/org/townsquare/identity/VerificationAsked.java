package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** Somebody is to prove an address. The token follows from the verification's id. */
@RegisterForReflection
record VerificationAsked(UUID userId, UUID verificationId, VerificationPurpose purpose) implements AccountFact {}
