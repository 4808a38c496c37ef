package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody made an API key. */
@RegisterForReflection
record ApiKeyCreated(@Nullable UUID communityId, UUID apiKeyId, UUID userId, List<Permission> scopes, Instant expiresAt)
        implements ApiKeyFact {}
