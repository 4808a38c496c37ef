package org.townsquare.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;

/** A check-in as it stands; what proves it for the person alone whose it is by name. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckInStateView(
        UUID id,
        UUID eventId,
        AttendanceKind kind,
        CheckInSource source,
        Instant checkedInAt,

        @Schema(description = "Whole minutes after the start; absent before it.") @Nullable
        Long minutesLate,

        @Schema(description = "Since when it counts no more.") @Nullable
        Instant voidedAt,

        @Nullable VoidCause voidCause,

        @Schema(
                implementation = String.class,
                description =
                        "SHA-256 in base64url of the lines townsquare-attendance-1, event id, this id, your id (or - where you were anonymous then), checkedInAt and nonce, joined by LF.")
        @Nullable
        Digest receipt,

        @Nullable String nonce,

        @Schema(
                description =
                        "The entry of the log that carries this receipt; its proof is at /audit-entries/{entryId}/proof.")
        @Nullable
        UUID entryId,

        CheckInView.EventOf event,
        Can can) {
    /** What the viewer may do with it. */
    @Schema(name = "CheckInCan")
    public record Can(
            @Schema(description = "Void it; staff with a reason.")
            boolean undo) {}

    static CheckInStateView of(SeenCheckIn seen, @Nullable UUID entryId) {
        Attendance it = seen.attendance();
        boolean named = seen.isNamed();
        return new CheckInStateView(
                it.id,
                it.eventId,
                it.kind,
                it.source,
                it.checkedInAt,
                CheckInView.minutesLate(seen.event().startTime, it.checkedInAt),
                it.voidedAt,
                it.voidCause,
                named ? Digest.of(it.receipt) : null,
                named && it.nonce != null ? Digest.base64Url(it.nonce) : null,
                named ? entryId : null,
                CheckInView.EventOf.of(seen.event()),
                new Can(it.mayUndo(seen.viewer(), seen.own(), seen.at())));
    }
}
