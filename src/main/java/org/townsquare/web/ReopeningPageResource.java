package org.townsquare.web;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.events.EventEndpoints;
import org.townsquare.events.ReopenEvent;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Paging;

/** The form that opens check-in again. */
@Path("/organise/events/{eventId}/reopening")
@Cancellable(false)
@Authenticated
@Produces(MediaType.TEXT_HTML)
class ReopeningPageResource {
    private final EventEndpoints events;
    private final OrganisedEvent event;

    ReopeningPageResource(EventEndpoints events, OrganisedEvent event) {
        this.events = events;
        this.event = event;
    }

    @POST
    @OwnTransaction("the operation of the API opens it")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Access(Permission.EVENT_MANAGE)
    public Uni<RestResponse<String>> reopen(
            UUID eventId,
            @BeanParam Paging paging,
            @RestForm @Nullable String reason,
            @RestForm @Nullable String closesAt) {
        Form form = Form.of("reopen-reason", reason, "reopen-closesAt", closesAt);
        return event.after(
                eventId,
                paging,
                form,
                () -> events.event(eventId)
                        .chain(found -> events.reopen(
                                eventId,
                                new ReopenEvent(
                                        form.value("reopen-reason"), form.time("reopen-closesAt", found.timeZone())))));
    }
}
