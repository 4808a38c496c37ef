package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;

@Path("/api/v1/events/{eventId}/participants")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class EventParticipantsResource {
    private final Viewer viewer;

    EventParticipantsResource(Viewer viewer) {
        this.viewer = viewer;
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code parameter-invalid}. */
    @GET
    @WithSession
    @Access(Permission.ATTENDANCE_CORRECT)
    @Operation(
            operationId = "findParticipants",
            summary =
                    "Look up whom to check in: members, and who was at an event of the community; for ORGANIZER and ADMIN")
    @APIResponse(responseCode = "200", description = "Whose name holds this, in any case")
    public Uni<FoundParticipantsView> find(
            UUID eventId,
            @QueryParam("name")
                    @Parameter(description = "A part of the name, of 3 letters or more.", required = true)
                    @Nullable
                    String name) {
        return Event.visibleTo(viewer, eventId)
                .invoke(event -> EventRights.requireToCorrect(viewer.in(event.communityId)))
                .chain(event -> Attendance.findable(event, SoughtName.of(name)))
                .map(FoundParticipantsView::new);
    }
}
