package org.townsquare.events;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.platform.HotPath;
import org.townsquare.platform.Problem.BadRequest;

@Path("/api/v1/check-ins")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class CheckInsResource {
    private static final String KEY = "Idempotency-Key";
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final Viewer viewer;
    private final CheckIn checkIn;

    CheckInsResource(Viewer viewer, CheckIn checkIn) {
        this.viewer = viewer;
        this.checkIn = checkIn;
    }

    /**
     * Problems: {@code code-malformed}, {@code code-unknown}, {@code check-in-not-open-yet}, {@code check-in-closed}, {@code event-full},
     * {@code event-cancelled}, {@code idempotency-mismatch}, {@code parameter-invalid}, {@code busy}.
     */
    @POST
    @HotPath
    @Operation(operationId = "checkIn", summary = "Check in to an event by its code, signed in or anonymously")
    @APIResponse(
            responseCode = "201",
            description = "You are checked in; an anonymous device without a cookie is given one",
            content = @Content(schema = @Schema(implementation = CheckInView.class)))
    @APIResponse(
            responseCode = "200",
            description = "You were checked in already: the first id and time",
            content = @Content(schema = @Schema(implementation = CheckInView.class)))
    @Parameter(
            name = KEY,
            in = ParameterIn.HEADER,
            description = "A UUID of your own: the same one again gives the first answer again.",
            schema = @Schema(type = SchemaType.STRING, format = "uuid"))
    public Uni<RestResponse<CheckInView>> checkIn(@Context HttpHeaders headers, @Valid CheckInByCode in) {
        return checkIn.with(viewer, in.code(), parse(headers.getRequestHeader(KEY)))
                .map(CheckInsResource::shown);
    }

    /** Read from the headers as they came: as a parameter an empty one would be none, and of two the first. */
    private static @Nullable UUID parse(List<String> keys) {
        if (keys.isEmpty()) return null;
        if (keys.size() > 1 || !UUID_FORM.matcher(keys.get(0)).matches())
            throw new BadRequest("parameter-invalid", KEY + " is one UUID.");
        return UUID.fromString(keys.get(0));
    }

    private static RestResponse<CheckInView> shown(CheckInAnswer answer) {
        var shown =
                RestResponse.ResponseBuilder.create(RestResponse.Status.fromStatusCode(answer.status()), answer.view());
        if (answer.replayed()) shown.header("Idempotency-Replayed", "true");
        if (answer.cookie() != null) shown.header("Set-Cookie", answer.cookie());
        return shown.build();
    }
}
