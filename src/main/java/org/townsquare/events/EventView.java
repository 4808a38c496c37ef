package org.townsquare.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Member;
import org.townsquare.platform.PublicUrl;

/** An event; its code for those who manage events alone. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventView(
        UUID id,
        UUID communityId,
        UUID groupId,
        String title,
        @Nullable String description,
        @Nullable String place,
        Instant startTime,
        int durationMinutes,
        Instant endTime,
        String timeZone,

        @Schema(description = "What people type to check in; for ORGANIZER and ADMIN alone.", examples = "7K3M9QXR")
        @Nullable
        String codeText,

        @Schema(
                description = "The text of the QR; for ORGANIZER and ADMIN alone.",
                examples = "HTTPS://TOWN.EXAMPLE/C/7K3M9QXR")
        @Nullable
        String codeQr,

        @Schema(
                description = "The page behind the QR; for ORGANIZER and ADMIN alone.",
                examples = "https://town.example/c/7K3M9QXR")
        @Nullable
        String checkInUrl,

        EventState state,
        EventPhase phase,
        @Nullable Instant opensAt,
        Instant closesAt,
        @Nullable Integer capacity,
        Admission admission,
        UUID createdBy,
        Can can) {
    /** What the viewer may do with it. */
    @Schema(name = "EventCan")
    public record Can(boolean manage, boolean readAttendances) {}

    static EventView of(Event event, Member viewer, PublicUrl url, Instant now) {
        boolean manages = EventRights.mayManage(viewer);
        return new EventView(
                event.id,
                event.communityId,
                event.groupId,
                event.title,
                event.description,
                event.place,
                event.startTime,
                event.durationMinutes,
                event.endTime(),
                event.timeZone,
                manages ? event.codeText : null,
                manages ? event.code().qrAt(url) : null,
                manages ? event.code().urlAt(url) : null,
                event.state,
                event.phase(now),
                event.opensAt,
                event.closesAt,
                event.capacity,
                event.admission,
                event.createdBy,
                new Can(manages, EventRights.mayReadAttendances(viewer)));
    }
}
