package org.townsquare.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;

/** What became of a check-in. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckInView(
        UUID id,
        UUID eventId,
        CheckInResult result,
        AttendanceKind kind,
        Instant checkedInAt,

        @Schema(description = "Whole minutes after the start; absent before it.") @Nullable
        Long minutesLate,

        @Schema(
                implementation = String.class,
                description = "SHA-256 in base64url; the journal holds the same. For the person who checked in alone.")
        @Nullable
        Digest receipt,

        EventOf event) {
    /** The event, as much of it as whoever holds its code may know. */
    public record EventOf(String title, Instant startTime, String timeZone) {
        static EventOf of(Event event) {
            return new EventOf(event.title, event.startTime, event.timeZone);
        }
    }

    /** For the staff of the event, who are given no receipt of others. */
    static CheckInView of(CheckInResult result, Attendance attendance, Event event) {
        return of(result, attendance.id, event.id, attendance.kind, attendance.checkedInAt, null, EventOf.of(event));
    }

    /** Of a row with an attendance and its event, as if it were new. */
    static CheckInView made(Row row) {
        return of(
                CheckInResult.CHECKED_IN,
                row.getUUID("id"),
                row.getUUID("event_id"),
                AttendanceKind.valueOf(row.getString("kind")),
                instant(row, "checked_in_at"),
                Digest.of(row.getBuffer("receipt").getBytes()),
                new EventOf(row.getString("title"), instant(row, "start_time"), row.getString("time_zone")));
    }

    /** Of a column that is never null. */
    static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    /** As the answer to a repeat. */
    CheckInView again(boolean withReceipt) {
        return new CheckInView(
                id,
                eventId,
                CheckInResult.ALREADY_CHECKED_IN,
                kind,
                checkedInAt,
                minutesLate,
                withReceipt ? receipt : null,
                event);
    }

    static CheckInView of(
            CheckInResult result,
            UUID id,
            UUID eventId,
            AttendanceKind kind,
            Instant checkedInAt,
            @Nullable Digest receipt,
            EventOf event) {
        return new CheckInView(
                id, eventId, result, kind, checkedInAt, minutesLate(event.startTime(), checkedInAt), receipt, event);
    }

    /** Null before the start and in the first minute after it. */
    static @Nullable Long minutesLate(Instant start, Instant checkedInAt) {
        long late = Duration.between(start, checkedInAt).toMinutes();
        return late > 0 ? late : null;
    }
}
