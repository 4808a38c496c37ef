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

@Path("/api/v1/event-groups/{groupId}")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class EventGroupResource {
    private final Viewer viewer;

    EventGroupResource(Viewer viewer) {
        this.viewer = viewer;
    }

    @GET
    @WithSession
    @Access(Permission.EVENT_READ)
    @Operation(operationId = "readEventGroup", summary = "Read a group of events")
    @APIResponse(responseCode = "200", description = "The group")
    public Uni<RestResponse<EventGroupView>> read(UUID groupId) {
        return EventGroup.visibleTo(viewer, groupId)
                .map(group -> RestResponse.ResponseBuilder.ok(EventGroupView.of(group, viewer.in(group.communityId)))
                        .header("ETag", group.etag())
                        .build());
    }
}
