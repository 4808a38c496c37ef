package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** The erasure of an account was called off. */
@RegisterForReflection
record ErasureCalledOff(UUID userId) implements AccountFact {}
