package org.townsquare.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;

/** An attendance as the staff of an event see it, and the person whose it is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record AttendanceView(
        UUID id,

        @Schema(description = "Absent where nobody is known.") @Nullable
        Participant participant,

        AttendanceKind kind,
        CheckInSource source,
        Instant checkedInAt,

        @Schema(implementation = String.class, description = "SHA-256 in base64url; the journal holds the same.")
        Digest receipt) {
    /** A person who was there. */
    public record Participant(UUID id, String name) {}

    /** As a row of the list. */
    AttendanceView(
            UUID id,
            @Nullable UUID participantId,
            @Nullable String name,
            AttendanceKind kind,
            CheckInSource source,
            Instant checkedInAt,
            byte[] receipt) {
        this(
                id,
                participantId == null || name == null ? null : new Participant(participantId, name),
                kind,
                source,
                checkedInAt,
                Digest.of(receipt));
    }
}
