package org.townsquare.events;

import java.util.UUID;
import org.townsquare.journal.Fact;

/** What happened to a group of events. */
interface EventGroupFact extends Fact {
    UUID groupId();

    @Override
    default Subject subject() {
        return new Subject("event_group", groupId());
    }

    @Override
    default Audience audience() {
        return Audience.PUBLIC;
    }
}
