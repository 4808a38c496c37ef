package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
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
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/me/attendances")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MyAttendancesResource {
    private final Viewer viewer;

    MyAttendancesResource(Viewer viewer) {
        this.viewer = viewer;
    }

    @GET
    @WithSession
    @Access(Permission.ATTENDANCE_READ)
    @Operation(
            operationId = "listMyAttendances",
            summary = "List where you were, in the communities that you can see; the latest first")
    @APIResponse(responseCode = "200", description = "A page of attendances")
    public Uni<RestResponse<Page<MyAttendanceView>>> list(@BeanParam Paging paging) {
        return Attendance.pageOf(viewer, paging)
                .chain(MyAttendancesResource::proven)
                .map(rows -> paging.answer(rows, row -> new Cursor(row.checkedInAt(), row.id())));
    }

    private static Uni<List<MyAttendanceView>> proven(List<MyAttendanceView> rows) {
        List<UUID> ids = rows.stream().map(MyAttendanceView::id).toList();
        return CheckInProof.entries(ids)
                .map(entries -> rows.stream()
                        .map(row -> row.provenBy(entries.get(row.id())))
                        .toList());
    }
}
