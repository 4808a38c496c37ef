package org.townsquare.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a code tells to everybody who holds it: never who attends. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventCard(
        @JsonIgnore UUID communityId,
        String codeText,
        String title,
        String community,
        @Nullable String place,
        Instant startTime,
        int durationMinutes,
        String timeZone,
        EventPhase phase,
        @Nullable Instant opensAt,

        @Schema(description = "Whom the code lets in.") Admission admission) {
    static EventCard of(FoundEvent found, Instant now) {
        Event event = found.event();
        return new EventCard(
                event.communityId,
                event.codeText,
                event.title,
                found.community(),
                event.place,
                event.startTime,
                event.durationMinutes,
                event.timeZone,
                event.phase(now),
                event.opensAt,
                event.admission);
    }
}
