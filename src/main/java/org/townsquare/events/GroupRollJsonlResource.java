package org.townsquare.events;

import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OwnTransaction;

@Path("/api/v1/event-groups/{groupId}/attendances.jsonl")
@Cancellable(false)
@Tag(name = "events")
@Produces("application/x-ndjson")
@Authenticated
class GroupRollJsonlResource {
    private final RollExport export;

    GroupRollJsonlResource(RollExport export) {
        this.export = export;
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code too-many-tries}, {@code busy}. */
    @GET
    @OwnTransaction("what is streamed outlasts the transaction that records it")
    @Access(Permission.ATTENDANCE_READ_ALL)
    @Operation(
            operationId = "exportEventGroupAttendancesJsonl",
            summary = "The roll of attendance of a group of events as JSON Lines, with the names")
    @APIResponse(
            responseCode = "200",
            description = "One line for each attendance",
            content = @Content(mediaType = "application/x-ndjson", schema = @Schema(implementation = RollRow.class)))
    @APIResponse(responseCode = "429")
    public RestMulti<RollRow> export(UUID groupId) {
        return export.lines(RollScope.EVENT_GROUP, groupId);
    }
}
