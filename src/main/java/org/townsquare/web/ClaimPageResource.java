package org.townsquare.web;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.events.EventEndpoints;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OwnTransaction;

/** The button that puts the own name to a check-in without one. */
@Path("/check-ins/{checkInId}/claim")
@Cancellable(false)
@Authenticated
@Produces(MediaType.TEXT_HTML)
class ClaimPageResource {
    private final EventEndpoints events;

    ClaimPageResource(EventEndpoints events) {
        this.events = events;
    }

    @POST
    @OwnTransaction("the operation of the API opens it")
    @Access(Permission.CHECK_IN_SELF)
    public Uni<RestResponse<String>> claim(UUID checkInId) {
        return events.claim(checkInId).map(it -> Pages.to("/check-ins/" + it.id()));
    }
}
