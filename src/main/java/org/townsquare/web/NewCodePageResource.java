package org.townsquare.web;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
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
import org.townsquare.platform.Paging;

/** The button that draws a new code in place of the old one. */
@Path("/organise/events/{eventId}/code")
@Cancellable(false)
@Authenticated
@Produces(MediaType.TEXT_HTML)
class NewCodePageResource {
    private final EventEndpoints events;
    private final OrganisedEvent event;

    NewCodePageResource(EventEndpoints events, OrganisedEvent event) {
        this.events = events;
        this.event = event;
    }

    @POST
    @OwnTransaction("the operation of the API opens it")
    @Access(Permission.EVENT_MANAGE)
    public Uni<RestResponse<String>> replace(UUID eventId, @BeanParam Paging paging) {
        return event.after(eventId, paging, Form.EMPTY, () -> events.replaceCode(eventId));
    }
}
