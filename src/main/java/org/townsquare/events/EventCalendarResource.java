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

@Path("/api/v1/events/{eventId}/calendar.ics")
@Cancellable(false)
@Tag(name = "events")
@Produces(EventCalendar.TYPE)
@PermitAll
class EventCalendarResource {
    private final Viewer viewer;

    EventCalendarResource(Viewer viewer) {
        this.viewer = viewer;
    }

    @GET
    @WithSession
    @Access(Permission.EVENT_READ)
    @Operation(operationId = "readEventCalendar", summary = "The event for a calendar, as iCalendar")
    @APIResponse(responseCode = "200", description = "A calendar of one event")
    public Uni<String> read(UUID eventId) {
        return Event.visibleTo(viewer, eventId).map(EventCalendar::of);
    }
}
