package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Somebody whom the staff of an event may check in. */
@RegisterForReflection
public record ParticipantView(
        UUID id,
        String name,

        @Schema(description = "Whether they are, already.") boolean checkedIn) {
    /** As a row of the list. */
    ParticipantView(UUID id, String name, Long checkIns) {
        this(id, name, checkIns > 0);
    }
}
