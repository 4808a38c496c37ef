package org.townsquare.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where an event stands for those who want to check in. Follows from its row and the time; no job makes it true. */
public enum EventPhase {
    CANCELLED,
    CLOSED,
    SCHEDULED,
    ENDED,
    OPEN;

    static EventPhase at(
            Instant now, @Nullable Instant cancelledAt, EventState state, @Nullable Instant opensAt, Instant closesAt) {
        if (cancelledAt != null) return CANCELLED;
        if (state == EventState.CLOSED) return CLOSED;
        if (opensAt != null && now.isBefore(opensAt)) return SCHEDULED;
        return now.isBefore(closesAt) ? OPEN : ENDED;
    }
}
