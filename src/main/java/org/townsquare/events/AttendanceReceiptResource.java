package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Problem.NotFound;

@Path("/api/v1/attendance-receipts/{receipt}")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class AttendanceReceiptResource {
    private final Viewer viewer;

    AttendanceReceiptResource(Viewer viewer) {
        this.viewer = viewer;
    }

    /** Problems: {@code not-found}. */
    @GET
    @WithSession
    @Access(Permission.EVENT_READ)
    @Operation(
            operationId = "readAttendanceReceipt",
            summary = "Whether a check-in with this receipt stands; never whose it is")
    @APIResponse(responseCode = "200", description = "What became of the check-in")
    public Uni<AttendanceReceiptView> read(String receipt) {
        Digest digest = Digest.read(receipt).orElseThrow(NotFound::new);
        return Attendance.ofReceipt(viewer, digest).map(AttendanceReceiptView::of);
    }
}
