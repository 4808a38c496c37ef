package org.townsquare.events;

import java.util.UUID;
import org.townsquare.journal.Fact;

/** What happened to an attendance. */
interface AttendanceFact extends Fact {
    UUID attendanceId();

    @Override
    default Subject subject() {
        return new Subject("attendance", attendanceId());
    }

    @Override
    default Audience audience() {
        return Audience.PERSONAL;
    }
}
