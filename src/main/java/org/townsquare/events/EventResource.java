package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;

@Path("/api/v1/events/{eventId}")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class EventResource {
    private final Viewer viewer;
    private final EventAnswer answer;

    EventResource(Viewer viewer, EventAnswer answer) {
        this.viewer = viewer;
        this.answer = answer;
    }

    @GET
    @WithSession
    @Access(Permission.EVENT_READ)
    @Operation(operationId = "readEvent", summary = "Read an event; its code for those who manage events alone")
    @APIResponse(responseCode = "200", description = "The event")
    public Uni<RestResponse<EventView>> read(UUID eventId) {
        return Event.visibleTo(viewer, eventId)
                .map(event -> answer.with(RestResponse.Status.OK, event).build());
    }
}
