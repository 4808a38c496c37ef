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
import org.townsquare.events.VoidCheckIn;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.NotFound;

/** The form that takes a check-in of the roll back. */
@Path("/organise/events/{eventId}/check-ins/{checkInId}/voiding")
@Cancellable(false)
@Authenticated
@Produces(MediaType.TEXT_HTML)
class RollVoidingPageResource {
    private final EventEndpoints events;
    private final OrganisedEvent event;

    RollVoidingPageResource(EventEndpoints events, OrganisedEvent event) {
        this.events = events;
        this.event = event;
    }

    @POST
    @OwnTransaction("the operation of the API opens it")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Access(Permission.CHECK_IN_SELF)
    public Uni<RestResponse<String>> undo(
            UUID eventId, UUID checkInId, @BeanParam Paging paging, @RestForm @Nullable String reason) {
        Form form = Form.of("void-reason", reason);
        return event.after(
                eventId,
                paging,
                form,
                () -> events.checkIn(checkInId)
                        .invoke(found -> {
                            if (!found.eventId().equals(eventId)) throw new NotFound();
                        })
                        .chain(() -> events.voidCheckIn(checkInId, new VoidCheckIn(form.valueOrNull("void-reason")))));
    }
}
