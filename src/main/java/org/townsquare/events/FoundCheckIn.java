package org.townsquare.events;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem;
import org.townsquare.platform.Problem.Busy;

/**
 * What {@code look.sql} read after a check-in that made no row: where the event stands, and what stands where the new one would.
 *
 * @param limited whether the places are counted
 * @param seatFree whether one of them is free, or held by a check-in that has not ended
 * @param unadmitted why the event does not let this person in; null where it does
 * @param earlier what stands in the way: a check-in of the same person, device or client, that counts, is another's, or was voided
 */
record FoundCheckIn(
        EventPhase phase,
        @Nullable Instant opensAt,
        boolean limited,
        boolean seatFree,
        @Nullable Problem unadmitted,
        @Nullable Earlier earlier) {
    /** What an earlier check-in means for the new one. */
    enum Standing {
        /** It is the same. */
        STANDS,
        /** It is another person's, by the same {@code clientId}. */
        OTHERS,
        /** It was voided, so that this one is none either. */
        VOIDED
    }

    /**
     * A check-in that stands where the new one would.
     *
     * @param samePerson whether it is of the same user, or anonymous as this request is
     * @param first what its maker was answered
     */
    record Earlier(Standing standing, boolean samePerson, CheckInView first) {
        /** Whether it is the same person for certain, not the same device alone. */
        private boolean isNamed() {
            return first.kind() == AttendanceKind.REGISTERED && samePerson;
        }
    }

    static FoundCheckIn of(Row row, @Nullable Problem unadmitted) {
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
                unadmitted,
                row.getUUID("id") == null
                        ? null
                        : new Earlier(
                                Standing.valueOf(row.getString("standing")),
                                row.getBoolean("same_person"),
                                CheckInView.made(row)));
    }

    private static @Nullable Instant instantOrNull(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    /**
     * The answer to a repeat; null where the event would take this person, so that a patient attempt is worth it. Problems:
     * {@code event-cancelled}, {@code sign-in-required}, {@code members-only}, {@code check-in-voided}, {@code idempotency-mismatch},
     * {@code check-in-not-open-yet}, {@code check-in-closed}, {@code event-full}.
     */
    @Nullable
    CheckInAnswer judge() {
        CheckInAnswer repeat = judgeRepeat();
        if (repeat == null && limited && !seatFree) throw FreeSeat.full();
        return repeat;
    }

    /** The same after the patient attempt, which made no row either. Problems: those of {@link #judge}, {@code busy}. */
    CheckInAnswer judgeAtLast() {
        CheckInAnswer repeat = judgeRepeat();
        if (repeat != null) return repeat;
        if (limited) throw FreeSeat.full();
        throw new Busy();
    }

    /** For one who may make no new check-in now: only a repeat is answered. Problems: those of {@link #judge}, and this one. */
    CheckInAnswer judgeRepeatOr(Problem refusal) {
        CheckInAnswer repeat = judge();
        if (repeat == null) throw refusal;
        return repeat;
    }

    private @Nullable CheckInAnswer judgeRepeat() {
        if (phase == EventPhase.CANCELLED) throw phase.refusal(opensAt);
        // a repeat after the closing is a lost answer asked for again
        if (earlier != null && earlier.standing() == Standing.STANDS)
            return new CheckInAnswer(earlier.first().again(earlier.isNamed()), null);
        if (unadmitted != null) throw unadmitted;
        if (earlier != null) throw earlier.standing() == Standing.VOIDED ? Attendance.voided() : Attendance.mismatch();
        if (phase != EventPhase.OPEN) throw phase.refusal(opensAt);
        return null;
    }
}
