package org.townsquare.events;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.Gone;

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

    /** What a check-in is refused with in any phase but {@link #OPEN}: {@code event-cancelled}, {@code check-in-not-open-yet}, {@code check-in-closed}. */
    Problem refusal(@Nullable Instant opensAt) {
        return switch (this) {
            case CANCELLED -> new Gone("event-cancelled", "The event was cancelled: ask its organisers.");
            case SCHEDULED ->
                new Conflict("check-in-not-open-yet", "Check-in opens at " + Objects.requireNonNull(opensAt) + ".");
            case CLOSED, ENDED ->
                new Conflict("check-in-closed", "Check-in is closed: ask the organisers of the event.");
            case OPEN -> throw new IllegalStateException("an open event takes people");
        };
    }
}
