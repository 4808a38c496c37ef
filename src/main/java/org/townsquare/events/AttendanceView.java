package org.townsquare.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Columns;
import org.townsquare.platform.Digest;

/** An attendance as the staff of an event see it, and the person whose it is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record AttendanceView(
        UUID id,

        @Schema(description = "Absent where nobody is known.") @Nullable
        Participant participant,

        @Schema(description = "What staff called somebody without an account.") @Nullable
        String walkInName,

        AttendanceKind kind,
        CheckInSource source,

        @Schema(description = "Whether staff let them in although check-in was closed or every place taken.")
        boolean overridden,

        Instant checkedInAt,

        @Schema(description = "Since when it counts no more.") @Nullable
        Instant voidedAt,

        @Schema(implementation = String.class, description = "SHA-256 in base64url; the journal holds the same.")
        Digest receipt) {
    /** A person who was there. */
    public record Participant(UUID id, String name) {}

    /** Of a row of {@code attendances.sql}. */
    static AttendanceView of(Row row) {
        return new AttendanceView(
                row.getUUID("id"),
                row.getUUID("participant_id"),
                row.getString("name"),
                row.getString("walk_in_name"),
                AttendanceKind.valueOf(row.getString("kind")),
                CheckInSource.valueOf(row.getString("source")),
                row.getBoolean("overridden"),
                row.getOffsetDateTime("checked_in_at").toInstant(),
                Columns.instant(row, "voided_at"),
                row.getBuffer("receipt").getBytes());
    }

    /** As a row of the list. */
    AttendanceView(
            UUID id,
            @Nullable UUID participantId,
            @Nullable String name,
            @Nullable String walkInName,
            AttendanceKind kind,
            CheckInSource source,
            boolean overridden,
            Instant checkedInAt,
            @Nullable Instant voidedAt,
            byte[] receipt) {
        this(
                id,
                participantId == null || name == null ? null : new Participant(participantId, name),
                walkInName,
                kind,
                source,
                overridden,
                checkedInAt,
                voidedAt,
                Digest.of(receipt));
    }
}
