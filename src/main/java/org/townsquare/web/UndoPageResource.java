package org.townsquare.web;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.events.EventEndpoints;
import org.townsquare.events.VoidCheckIn;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OwnTransaction;

/** The button that takes the own check-in back. */
@Path("/check-ins/{checkInId}/voiding")
@Cancellable(false)
@PermitAll
@Produces(MediaType.TEXT_HTML)
class UndoPageResource {
    private final EventEndpoints events;

    UndoPageResource(EventEndpoints events) {
        this.events = events;
    }

    @POST
    @OwnTransaction("the operation of the API opens it")
    @Access(Permission.CHECK_IN_SELF)
    public Uni<RestResponse<String>> undo(UUID checkInId) {
        return events.voidCheckIn(checkInId, new VoidCheckIn(null)).map(it -> Pages.to("/check-ins/" + it.id()));
    }
}
