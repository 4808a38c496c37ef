package org.townsquare.events;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem.Busy;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.Gone;

/**
 * What {@code look.sql} read after a check-in that made no row: where the event stands, and the attendance that was there already.
 *
 * @param limited whether the places are counted
 * @param seatFree whether one of them is free, or held by a check-in that has not ended
 */
record FoundCheckIn(
        EventPhase phase,
        @Nullable Instant opensAt,
        boolean limited,
        boolean seatFree,
        @Nullable Earlier earlier) {
    /**
     * An attendance that stands where the new one would.
     *
     * @param samePerson whether it is of the same user, or anonymous as this request is
     * @param first what its maker was answered
     */
    record Earlier(boolean samePerson, CheckInView first) {
        /** Whether it is the same person for certain, not the same device alone. */
        private boolean isNamed() {
            return first.kind() == AttendanceKind.REGISTERED && samePerson;
        }
    }

    static FoundCheckIn of(Row row) {
        return new FoundCheckIn(
                EventPhase.at(
                        CheckInView.instant(row, "now"),
                        instantOrNull(row, "cancelled_at"),
                        EventState.valueOf(row.getString("state")),
                        instantOrNull(row, "opens_at"),
                        CheckInView.instant(row, "closes_at")),
                instantOrNull(row, "opens_at"),
                row.getBoolean("limited"),
                row.getBoolean("seat_free"),
                row.getUUID("id") == null ? null : new Earlier(row.getBoolean("same_person"), CheckInView.made(row)));
    }

    private static @Nullable Instant instantOrNull(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    /**
     * The answer to a repeat; null where the event would take this person, so that a patient attempt is worth it. Problems:
     * {@code event-cancelled}, {@code check-in-not-open-yet}, {@code check-in-closed}, {@code event-full}.
     */
    @Nullable
    CheckInAnswer judge() {
        CheckInAnswer repeat = judgeRepeat();
        if (repeat == null && limited && !seatFree) throw full();
        return repeat;
    }

    /** The same after the patient attempt, which made no row either. Problems: those of {@link #judge}, {@code busy}. */
    CheckInAnswer judgeAtLast() {
        CheckInAnswer repeat = judgeRepeat();
        if (repeat != null) return repeat;
        if (limited) throw full();
        throw new Busy();
    }

    private @Nullable CheckInAnswer judgeRepeat() {
        if (phase == EventPhase.CANCELLED)
            throw new Gone("event-cancelled", "The event was cancelled: ask its organisers.");
        // a repeat after the closing is a lost answer asked for again
        if (earlier != null) return new CheckInAnswer(earlier.first().again(earlier.isNamed()), null);
        return switch (phase) {
            case SCHEDULED ->
                throw new Conflict(
                        "check-in-not-open-yet", "Check-in opens at " + Objects.requireNonNull(opensAt) + ".");
            case CLOSED, ENDED ->
                throw new Conflict("check-in-closed", "Check-in is closed: ask the organisers of the event.");
            case CANCELLED, OPEN -> null;
        };
    }

    private static Conflict full() {
        return new Conflict("event-full", "Every place is taken.");
    }
}
