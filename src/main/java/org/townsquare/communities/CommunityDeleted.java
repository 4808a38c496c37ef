package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** An ADMIN deleted a community. */
@RegisterForReflection
record CommunityDeleted(UUID communityId) implements CommunityFact {}
