package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.PrivateText;

/**
 * A check-in counts no more.
 *
 * @param participantId whose it was; null where that is not known
 */
@RegisterForReflection
record CheckInVoided(
        UUID communityId,
        UUID attendanceId,
        UUID eventId,
        @Nullable UUID participantId,
        VoidCause cause,
        @Nullable PrivateText reason)
        implements AttendanceFact {
    @Override
    public @Nullable UUID person() {
        return participantId;
    }
}
