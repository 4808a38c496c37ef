package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** An event that nobody had checked in to was deleted. */
@RegisterForReflection
record EventDeleted(UUID communityId, UUID eventId, UUID groupId) implements EventFact {}
