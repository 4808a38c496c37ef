package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.Fact;
import org.townsquare.platform.Digest;

/** Somebody checked in. Who, where it is known, is the actor; the receipt proves the row. */
@RegisterForReflection
record CheckedIn(
        UUID communityId,
        UUID attendanceId,
        UUID eventId,
        AttendanceKind attendanceKind,
        CheckInSource source,
        Digest receipt)
        implements Fact {
    @Override
    public Subject subject() {
        return new Subject("attendance", attendanceId);
    }

    @Override
    public Audience audience() {
        return Audience.PERSONAL;
    }
}
