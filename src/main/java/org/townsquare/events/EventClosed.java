package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** Check-in to an event was closed, by hand or by the clock. */
@RegisterForReflection
record EventClosed(UUID communityId, UUID eventId) implements EventFact {}
