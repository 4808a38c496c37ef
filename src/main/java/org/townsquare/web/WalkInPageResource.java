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
import org.townsquare.events.CheckInWalkIn;
import org.townsquare.events.EventEndpoints;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Parameters;

/** The form that lets in somebody without an account. */
@Path("/organise/events/{eventId}/walk-ins")
@Cancellable(false)
@Authenticated
@Produces(MediaType.TEXT_HTML)
class WalkInPageResource {
    private final EventEndpoints events;
    private final OrganisedEvent event;

    WalkInPageResource(EventEndpoints events, OrganisedEvent event) {
        this.events = events;
        this.event = event;
    }

    @POST
    @OwnTransaction("the operation of the API opens it")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Access(Permission.ATTENDANCE_CORRECT)
    public Uni<RestResponse<String>> admit(
            UUID eventId,
            @BeanParam Paging paging,
            @RestForm @Nullable String name,
            @RestForm @Nullable String override,
            @RestForm @Nullable String reason,
            @RestForm @Nullable String clientId) {
        Form form = Form.of("walk-in-name", name, "walk-in-override", override, "walk-in-reason", reason);
        return event.afterLettingIn(
                eventId,
                paging,
                form,
                () -> events.walkIn(
                        eventId,
                        new CheckInWalkIn(
                                form.valueOrNull("walk-in-name"),
                                form.isTicked("walk-in-override"),
                                form.valueOrNull("walk-in-reason"),
                                Parameters.id("clientId", clientId))));
    }
}
