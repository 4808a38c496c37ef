package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.Fact;

/** A community was founded. */
@RegisterForReflection
record CommunityFounded(UUID communityId, UUID marketId, Visibility visibility, JoinPolicy joinPolicy) implements Fact {
    @Override
    public Subject subject() {
        return new Subject("community", communityId);
    }

    @Override
    public Audience audience() {
        return Audience.PUBLIC;
    }
}
