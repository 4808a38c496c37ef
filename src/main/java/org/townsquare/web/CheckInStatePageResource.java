package org.townsquare.web;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.events.EventEndpoints;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;

/** A check-in for the person or the device whose it is. */
@Path("/check-ins/{checkInId}")
@Cancellable(false)
@PermitAll
@Produces(MediaType.TEXT_HTML)
class CheckInStatePageResource {
    private final EventEndpoints events;
    private final Pages pages;

    CheckInStatePageResource(EventEndpoints events, Pages pages) {
        this.events = events;
        this.pages = pages;
    }

    @GET
    @WithSession
    @Access(Permission.CHECK_IN_SELF)
    public Uni<RestResponse<String>> show(UUID checkInId) {
        Frame frame = pages.frame(Style.CHECK_IN);
        return events.checkIn(checkInId)
                .chain(checkIn -> pages.shown(200, frame, Templates.checkInState(frame, checkIn)));
    }
}
