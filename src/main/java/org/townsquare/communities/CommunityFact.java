package org.townsquare.communities;

import java.util.UUID;
import org.townsquare.journal.Fact;

/** What happened to a community. */
interface CommunityFact extends Fact {
    @Override
    UUID communityId();

    @Override
    default Subject subject() {
        return new Subject("community", communityId());
    }

    @Override
    default Audience audience() {
        return Audience.PUBLIC;
    }
}
