package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** An event got a new code. */
@RegisterForReflection
record EventCodeReplaced(UUID communityId, UUID eventId) implements EventFact {}
