package org.townsquare.events;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.Gone;
import org.townsquare.platform.Problem.Unprocessable;

/** What {@code look.sql} read after a check-in that made no row: the event, and the attendance that was there already. */
record FoundCheckIn(Row row) {
    /**
     * The answer to a repeat; null where the event would have taken this person. Problems: {@code idempotency-mismatch}, {@code event-cancelled},
     * {@code check-in-not-open-yet}, {@code check-in-closed}.
     */
    @Nullable
    CheckInAnswer judge() {
        boolean attended = row.getUUID("id") != null;
        if (attended && row.getBoolean("by_key")) {
            if (!row.getBoolean("here") || !row.getBoolean("same_person"))
                throw new Unprocessable(
                        "idempotency-mismatch", "This Idempotency-Key was used for another check-in: draw a new one.");
            return new CheckInAnswer(view(CheckInResult.CHECKED_IN, row, true), true, null);
        }
        EventPhase phase = phase();
        if (phase == EventPhase.CANCELLED)
            throw new Gone("event-cancelled", "The event was cancelled: ask its organisers.");
        // a repeat after the closing is a lost answer asked for again
        if (attended) return new CheckInAnswer(view(CheckInResult.ALREADY_CHECKED_IN, row, isNamed()), false, null);
        return switch (phase) {
            case SCHEDULED ->
                throw new Conflict("check-in-not-open-yet", "Check-in opens at " + instant(row, "opens_at") + ".");
            case CLOSED, ENDED ->
                throw new Conflict("check-in-closed", "Check-in is closed: ask the organisers of the event.");
            case CANCELLED, OPEN -> null;
        };
    }

    /** Whether every place is taken for good. */
    boolean isFull() {
        return isLimited() && !row.getBoolean("seat_free");
    }

    boolean isLimited() {
        return row.getBoolean("limited");
    }

    private EventPhase phase() {
        return EventPhase.at(
                existing(instant(row, "now")),
                instant(row, "cancelled_at"),
                EventState.valueOf(row.getString("state")),
                instant(row, "opens_at"),
                existing(instant(row, "closes_at")));
    }

    /** Whether it is the same person for certain, not the same device alone. */
    private boolean isNamed() {
        return row.getString("kind").equals(AttendanceKind.REGISTERED.name()) && row.getBoolean("same_person");
    }

    /** Of a row with the attendance and its event, as both statements return it. */
    static CheckInView view(CheckInResult result, Row row, boolean withReceipt) {
        return CheckInView.of(
                result,
                row.getUUID("id"),
                row.getUUID("event_id"),
                AttendanceKind.valueOf(row.getString("kind")),
                existing(instant(row, "checked_in_at")),
                withReceipt ? Digest.of(row.getBuffer("receipt").getBytes()) : null,
                new CheckInView.EventOf(
                        row.getString("title"), existing(instant(row, "start_time")), row.getString("time_zone")));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private static Instant existing(@Nullable Instant time) {
        if (time == null) throw new IllegalStateException("a column that is never null");
        return time;
    }
}
