package org.townsquare.events;

import java.util.UUID;
import org.townsquare.journal.Fact;

/** What happened to an event. */
interface EventFact extends Fact {
    UUID eventId();

    @Override
    default Subject subject() {
        return new Subject("event", eventId());
    }

    @Override
    default Audience audience() {
        return Audience.PUBLIC;
    }
}
