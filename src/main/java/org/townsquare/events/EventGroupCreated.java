package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.Fact;

/** A group of events was made. */
@RegisterForReflection
record EventGroupCreated(UUID communityId, UUID groupId) implements Fact {
    @Override
    public Subject subject() {
        return new Subject("event_group", groupId);
    }

    @Override
    public Audience audience() {
        return Audience.PUBLIC;
    }
}
