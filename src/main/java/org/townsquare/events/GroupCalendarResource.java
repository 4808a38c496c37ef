package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;

@Path("/api/v1/event-groups/{groupId}/calendar.ics")
@Cancellable(false)
@Tag(name = "events")
@Produces(EventCalendar.TYPE)
@PermitAll
class GroupCalendarResource {
    private final Viewer viewer;

    GroupCalendarResource(Viewer viewer) {
        this.viewer = viewer;
    }

    @GET
    @WithSession
    @Access(Permission.EVENT_READ)
    @Operation(
            operationId = "readEventGroupCalendar",
            summary = "The events of a group as a calendar to subscribe to, as iCalendar; at most the 500 latest")
    @APIResponse(responseCode = "200", description = "A calendar")
    public Uni<String> read(UUID groupId) {
        return EventGroup.visibleTo(viewer, groupId)
                .chain(group -> Event.latest(group).map(events -> EventCalendar.of(group, events)));
    }
}
