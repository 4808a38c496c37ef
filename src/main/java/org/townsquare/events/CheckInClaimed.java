package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.platform.Digest;

/** An anonymous check-in got a name: that of the actor. The receipt is what it was. */
@RegisterForReflection
record CheckInClaimed(UUID communityId, UUID attendanceId, UUID eventId, Digest receipt) implements AttendanceFact {}
