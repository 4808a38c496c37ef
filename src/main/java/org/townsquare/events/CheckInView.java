package org.townsquare.events;

import com.fasterxml.jackson.annotation.JsonInclude;
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
    public record EventOf(String title, Instant startTime, String timeZone) {}

    static CheckInView of(
            CheckInResult result,
            UUID id,
            UUID eventId,
            AttendanceKind kind,
            Instant checkedInAt,
            @Nullable Digest receipt,
            EventOf event) {
        long late = Duration.between(event.startTime(), checkedInAt).toMinutes();
        return new CheckInView(id, eventId, result, kind, checkedInAt, late > 0 ? late : null, receipt, event);
    }
}
