package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** A platform admin restored a deleted community. */
@RegisterForReflection
record CommunityRestored(UUID communityId) implements CommunityFact {}
