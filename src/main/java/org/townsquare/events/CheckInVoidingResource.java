package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
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
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;

@Path("/api/v1/check-ins/{checkInId}/voiding")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class CheckInVoidingResource {
    private final Viewer viewer;
    private final Journal journal;
    private final DeviceCookie devices;

    CheckInVoidingResource(Viewer viewer, Journal journal, DeviceCookie devices) {
        this.viewer = viewer;
        this.journal = journal;
        this.devices = devices;
    }

    /**
     * Problems: {@code not-found}, {@code undo-too-late}, {@code reason-required}, {@code not-allowed}, {@code membership-suspended}, {@code
     * community-suspended}.
     */
    @POST
    @OncePerKey
    @WithTransaction
    @Access(Permission.CHECK_IN_SELF)
    @Operation(
            operationId = "voidCheckIn",
            summary =
                    "Take a check-in back: your own for 5 minutes, as ORGANIZER or ADMIN that of another with a reason")
    @APIResponse(responseCode = "200", description = "The voided check-in; also where it was voided before")
    public Uni<CheckInStateView> undo(UUID checkInId, @Valid VoidCheckIn in) {
        return Attendance.heldBy(viewer, devices.sent(), checkInId)
                .call(seen -> journal.record(
                        viewer, seen.attendance().undo(seen.viewer(), seen.own(), in.reason(), seen.at())))
                .call(seen -> FreeSeat.leave(seen.attendance()))
                .chain(CheckInProof::shown);
    }
}
