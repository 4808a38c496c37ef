package org.townsquare.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Member;

/** A group of events. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventGroupView(
        UUID id,
        UUID communityId,
        String name,
        @Nullable String description,
        UUID createdBy,
        Instant createdAt,
        Can can) {
    /** What the viewer may do with it. */
    @Schema(name = "EventGroupCan")
    public record Can(boolean manage) {}

    static EventGroupView of(EventGroup group, Member viewer) {
        return new EventGroupView(
                group.id,
                group.communityId,
                group.name,
                group.description,
                group.createdBy,
                group.createdAt,
                new Can(EventRights.mayManage(viewer)));
    }
}
