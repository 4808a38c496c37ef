package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;

/** A group was deleted, and its events with it, none of which anybody had checked in to. */
@RegisterForReflection
record EventGroupDeleted(UUID communityId, UUID groupId, List<UUID> events) implements EventGroupFact {}
