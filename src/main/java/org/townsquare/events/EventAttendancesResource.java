package org.townsquare.events;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
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
import org.townsquare.platform.Cursor;
import org.townsquare.platform.HotPath;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/events/{eventId}/attendances")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class EventAttendancesResource {
    private final Viewer viewer;
    private final AttendanceReader attendances;

    EventAttendancesResource(Viewer viewer, AttendanceReader attendances) {
        this.viewer = viewer;
        this.attendances = attendances;
    }

    @GET
    @HotPath
    @Access(Permission.ATTENDANCE_READ)
    @Operation(
            operationId = "listAttendances",
            summary = "List who was there; for others than ORGANIZER and ADMIN the own attendance alone")
    @APIResponse(responseCode = "200", description = "A page of attendances, in the order of time")
    public Uni<RestResponse<Page<AttendanceView>>> list(UUID eventId, @BeanParam Paging paging) {
        return attendances
                .page(viewer, eventId, paging)
                .map(rows -> paging.answer(rows, row -> new Cursor(row.checkedInAt(), row.id())));
    }
}
