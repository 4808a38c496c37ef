package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** A community was founded. */
@RegisterForReflection
record CommunityFounded(UUID communityId, UUID marketId, Visibility visibility, JoinPolicy joinPolicy)
        implements CommunityFact {}
