package org.townsquare.events;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Repeats;

@Path("/api/v1/events/{eventId}/walk-ins")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class EventWalkInsResource {
    private final Viewer viewer;
    private final Door door;
    private final Repeats repeats;

    EventWalkInsResource(Viewer viewer, Door door, Repeats repeats) {
        this.viewer = viewer;
        this.door = door;
        this.repeats = repeats;
    }

    /** Problems: those of {@link Door#admit} and {@link Door#attempted}. */
    @POST
    @OncePerKey
    @OwnTransaction("a check-in that came at the same time ends its transaction; it is found in the next")
    @Access(Permission.ATTENDANCE_CORRECT)
    @Operation(operationId = "checkInWalkIn", summary = "Let in somebody without an account, for ORGANIZER and ADMIN")
    @APIResponse(
            responseCode = "201",
            description = "They are checked in",
            content = @Content(schema = @Schema(implementation = CheckInView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The same clientId had let them in already",
            content = @Content(schema = @Schema(implementation = CheckInView.class)))
    @APIResponse(responseCode = "410")
    @APIResponse(responseCode = "429")
    public Uni<RestResponse<CheckInView>> admit(UUID eventId, @Valid CheckInWalkIn in) {
        return door.attempted(
                viewer,
                eventId,
                in.clientId(),
                () -> repeats.withTransaction(
                        () -> door.admit(viewer, eventId, in.arrival()).map(CheckInAnswer::shown)));
    }
}
