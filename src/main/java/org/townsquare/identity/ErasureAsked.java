package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/** A user asked for the account to be erased. */
@RegisterForReflection
record ErasureAsked(UUID userId, Instant dueAt) implements AccountFact {}
