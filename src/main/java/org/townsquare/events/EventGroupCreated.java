package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** A group of events was made. */
@RegisterForReflection
record EventGroupCreated(UUID communityId, UUID groupId) implements EventGroupFact {}
