package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.PrivateText;

/** An event was cancelled, for good. */
@RegisterForReflection
record EventCancelled(UUID communityId, UUID eventId, PrivateText reason) implements EventFact {}
