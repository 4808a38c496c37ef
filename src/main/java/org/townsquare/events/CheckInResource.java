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
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;

@Path("/api/v1/check-ins/{checkInId}")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class CheckInResource {
    private final Viewer viewer;
    private final DeviceCookie devices;

    CheckInResource(Viewer viewer, DeviceCookie devices) {
        this.viewer = viewer;
        this.devices = devices;
    }

    /** Problems: {@code not-found}. */
    @GET
    @WithSession
    @Access(Permission.ATTENDANCE_READ)
    @Operation(
            operationId = "readCheckIn",
            summary = "Read a check-in: your own, with what proves it, or as ORGANIZER or ADMIN that of another")
    @APIResponse(responseCode = "200", description = "The check-in as it stands")
    public Uni<CheckInStateView> read(UUID checkInId) {
        return Attendance.visibleTo(viewer, devices.sent(), checkInId).chain(CheckInProof::shown);
    }
}
