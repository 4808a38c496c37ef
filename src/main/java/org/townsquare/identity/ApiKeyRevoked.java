package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An API key was revoked. */
@RegisterForReflection
record ApiKeyRevoked(@Nullable UUID communityId, UUID apiKeyId, UUID userId) implements ApiKeyFact {}
