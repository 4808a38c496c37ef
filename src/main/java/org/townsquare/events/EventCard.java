package org.townsquare.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Community;

/** What a code tells to everybody who holds it: never who attends. */
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
        @Nullable Instant opensAt) {
    static EventCard of(Event event, Community community, Instant now) {
        return new EventCard(
                event.communityId,
                event.codeText,
                event.title,
                community.name,
                event.place,
                event.startTime,
                event.durationMinutes,
                event.timeZone,
                event.phase(now),
                event.opensAt);
    }
}
