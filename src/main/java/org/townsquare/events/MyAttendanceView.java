package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;

/** Where the viewer was. */
@RegisterForReflection
record MyAttendanceView(
        UUID id,
        UUID communityId,
        UUID eventId,

        @Schema(description = "Of the event.") String title,

        AttendanceKind kind,
        CheckInSource source,
        Instant checkedInAt,

        @Schema(description = "Since when it counts no more.") @Nullable
        Instant voidedAt,

        @Schema(implementation = String.class, description = "SHA-256 in base64url; the journal holds the same.")
        Digest receipt,

        @Schema(description = "The entry of the log that carries this receipt.") @Nullable
        UUID entryId) {
    /** As a row of the list. */
    MyAttendanceView(
            UUID id,
            UUID communityId,
            UUID eventId,
            String title,
            AttendanceKind kind,
            CheckInSource source,
            Instant checkedInAt,
            @Nullable Instant voidedAt,
            byte[] receipt) {
        this(id, communityId, eventId, title, kind, source, checkedInAt, voidedAt, Digest.of(receipt), null);
    }

    MyAttendanceView provenBy(@Nullable UUID entry) {
        return new MyAttendanceView(
                id, communityId, eventId, title, kind, source, checkedInAt, voidedAt, receipt, entry);
    }
}
