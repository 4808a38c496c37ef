package org.townsquare.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;

/** A line of the roll of attendance. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
record RollRow(
        UUID eventId,
        String event,
        UUID id,
        @Nullable UUID participantId,

        @Schema(description = "Absent where nobody is known.") @Nullable
        String name,

        AttendanceKind kind,
        CheckInSource source,
        Instant checkedInAtUtc,

        @Schema(
                description = "The same instant by the clock of the event's zone.",
                examples = "2026-10-25T02:30:00+01:00")
        OffsetDateTime checkedInAtLocal,

        @Schema(description = "That of the event.", examples = "Europe/Berlin")
        String timeZone,

        @Nullable Instant voidedAt,

        @Schema(implementation = String.class, description = "SHA-256 in base64url; the journal holds the same.")
        Digest receipt) {
    static RollRow of(Roll.Part part, Row row) {
        Instant at = row.getOffsetDateTime("checked_in_at").toInstant();
        OffsetDateTime voided = row.getOffsetDateTime("voided_at");
        return new RollRow(
                part.eventId(),
                part.title(),
                row.getUUID("id"),
                row.getUUID("participant_id"),
                row.getString("name"),
                AttendanceKind.valueOf(row.getString("kind")),
                CheckInSource.valueOf(row.getString("source")),
                at,
                at.atZone(ZoneId.of(part.timeZone())).toOffsetDateTime(),
                part.timeZone(),
                voided == null ? null : voided.toInstant(),
                Digest.of(row.getBuffer("receipt").getBytes()));
    }
}
