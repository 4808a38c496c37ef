package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The name, the scopes or the rate of an API key changed. */
@RegisterForReflection
record ApiKeyChanged(
        @Nullable UUID communityId, UUID apiKeyId, UUID userId, List<Permission> before, List<Permission> after)
        implements ApiKeyFact {}
