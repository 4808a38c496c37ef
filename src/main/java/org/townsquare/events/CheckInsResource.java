package org.townsquare.events;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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
import org.townsquare.platform.HotPath;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.Repeats;

@Path("/api/v1/check-ins")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class CheckInsResource {
    private final Viewer viewer;
    private final CheckIn checkIn;
    private final Repeats repeats;

    CheckInsResource(Viewer viewer, CheckIn checkIn, Repeats repeats) {
        this.viewer = viewer;
        this.checkIn = checkIn;
        this.repeats = repeats;
    }

    /**
     * Problems: {@code code-malformed}, {@code code-unknown}, {@code sign-in-required}, {@code members-only}, {@code check-in-not-open-yet}, {@code
     * check-in-closed}, {@code event-full}, {@code check-in-voided}, {@code event-cancelled}, {@code idempotency-mismatch}, {@code
     * membership-suspended}, {@code community-suspended}, {@code too-many-tries}, {@code rate-limited}, {@code busy}.
     */
    @POST
    @OncePerKey
    @HotPath
    @Access(Permission.CHECK_IN_SELF)
    @Operation(operationId = "checkIn", summary = "Check in to an event by its code, signed in or anonymously")
    @APIResponse(
            responseCode = "201",
            description = "You are checked in; an anonymous device without a cookie is given one",
            content = @Content(schema = @Schema(implementation = CheckInView.class)))
    @APIResponse(
            responseCode = "200",
            description = "You were checked in already: the first id and time",
            content = @Content(schema = @Schema(implementation = CheckInView.class)))
    @APIResponse(responseCode = "429")
    public Uni<RestResponse<CheckInView>> checkIn(@Valid CheckInByCode in) {
        return checkIn.attempted(
                viewer,
                in.code(),
                in.clientId(),
                code -> repeats.withConnection(
                        () -> checkIn.uncounted(viewer, code, in.clientId()).map(CheckInAnswer::shown),
                        transaction -> checkIn.uncounted(transaction, viewer, code, in.clientId())
                                .map(CheckInAnswer::shown)));
    }
}
