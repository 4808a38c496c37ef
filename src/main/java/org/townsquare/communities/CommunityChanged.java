package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;

/** A community describes itself in another way. */
@RegisterForReflection
record CommunityChanged(UUID communityId, List<Field> fields, Visibility visibility, JoinPolicy joinPolicy)
        implements CommunityFact {
    /** What can be changed of a community. */
    enum Field {
        NAME,
        SLUG,
        DESCRIPTION,
        METADATA,
        VISIBILITY,
        JOIN_POLICY
    }
}
