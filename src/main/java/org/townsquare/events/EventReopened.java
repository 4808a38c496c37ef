package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.PrivateText;

/** Check-in to an event was opened again. */
@RegisterForReflection
record EventReopened(UUID communityId, UUID eventId, PrivateText reason) implements EventFact {}
