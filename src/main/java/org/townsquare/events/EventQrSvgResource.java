package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;

@Path("/api/v1/events/{eventId}/qr.svg")
@Cancellable(false)
@Tag(name = "events")
@Authenticated
class EventQrSvgResource {
    private final EventQr qr;

    EventQrSvgResource(EventQr qr) {
        this.qr = qr;
    }

    @GET
    @WithSession
    @Produces("image/svg+xml")
    @Access(Permission.EVENT_MANAGE)
    @Operation(operationId = "drawEventQrSvg", summary = "The QR of an event as SVG, for ORGANIZER and ADMIN alone")
    @APIResponse(responseCode = "200", description = "The symbol with its quiet zone")
    public Uni<RestResponse<String>> draw(UUID eventId, @BeanParam QrForm form) {
        return qr.as((image, code) -> image.svg("Check in with " + code.inGroups()), eventId, form);
    }
}
