package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.PrivateText;
import org.townsquare.platform.Digest;

/**
 * Somebody checked in. Who, where it is known, is the actor; the receipt proves the row.
 *
 * @param participantId whom staff let in; null where the person did it or is not known
 * @param overrideReason why it did not matter that check-in was closed or every place taken; null where it mattered
 */
@RegisterForReflection
record CheckedIn(
        UUID communityId,
        UUID attendanceId,
        UUID eventId,
        AttendanceKind attendanceKind,
        CheckInSource source,
        Digest receipt,
        @Nullable UUID participantId,
        @Nullable PrivateText overrideReason)
        implements AttendanceFact {
    @Override
    public @Nullable UUID person() {
        return participantId;
    }
}
