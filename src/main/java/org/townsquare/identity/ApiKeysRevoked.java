package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** All API keys of a user were revoked. */
@RegisterForReflection
record ApiKeysRevoked(UUID userId, int apiKeys) implements AccountFact {}
