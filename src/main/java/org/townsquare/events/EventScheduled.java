package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/** An event was scheduled. */
@RegisterForReflection
record EventScheduled(UUID communityId, UUID eventId, UUID groupId, Instant startTime, int durationMinutes)
        implements EventFact {}
