package org.townsquare.events;

import io.quarkus.security.Authenticated;
import jakarta.ws.rs.BeanParam;
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

@Path("/api/v1/events/{eventId}/attendances.csv")
@Cancellable(false)
@Tag(name = "events")
@Produces(CsvRoll.TYPE)
@Authenticated
class EventRollCsvResource {
    private final RollExport export;

    EventRollCsvResource(RollExport export) {
        this.export = export;
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code parameter-invalid}, {@code too-many-tries}, {@code busy}. */
    @GET
    @OwnTransaction("what is streamed outlasts the transaction that records it")
    @Access(Permission.ATTENDANCE_READ_ALL)
    @Operation(
            operationId = "exportEventAttendancesCsv",
            summary = "The roll of attendance of an event as CSV, with the names")
    @APIResponse(
            responseCode = "200",
            description =
                    "RFC 4180 in UTF-8; texts that a spreadsheet would take for a formula begin with an apostrophe",
            content = @Content(mediaType = "text/csv", schema = @Schema(implementation = String.class)))
    @APIResponse(responseCode = "429")
    public RestMulti<byte[]> export(UUID eventId, @BeanParam CsvForm form) {
        return export.file(RollScope.EVENT, eventId, RollForm.CSV, form.writer());
    }
}
