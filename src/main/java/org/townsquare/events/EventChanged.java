package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event takes place in another way. */
@RegisterForReflection
record EventChanged(
        UUID communityId,
        UUID eventId,
        List<Field> fields,
        Instant startTime,
        int durationMinutes,
        @Nullable Integer capacity)
        implements EventFact {
    /** What can be changed of an event. */
    enum Field {
        TITLE,
        DESCRIPTION,
        PLACE,
        START_TIME,
        DURATION,
        TIME_ZONE,
        CAPACITY,
        ADMISSION,
        OPENS_AT,
        CLOSES_AT;

        /** Whether calendars count it as another schedule. */
        boolean isOfSchedule() {
            return this == TITLE || this == START_TIME || this == DURATION || this == TIME_ZONE;
        }
    }
}
