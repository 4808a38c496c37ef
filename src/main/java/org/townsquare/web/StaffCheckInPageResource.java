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
import org.townsquare.events.CheckInPerson;
import org.townsquare.events.EventEndpoints;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Parameters;

/** The button that checks in somebody whom the community knows. */
@Path("/organise/events/{eventId}/check-ins")
@Cancellable(false)
@Authenticated
@Produces(MediaType.TEXT_HTML)
class StaffCheckInPageResource {
    private final EventEndpoints events;
    private final OrganisedEvent event;

    StaffCheckInPageResource(EventEndpoints events, OrganisedEvent event) {
        this.events = events;
        this.event = event;
    }

    @POST
    @SuppressWarnings("NullAway") // a missing id is refused by the validation of the operation
    @OwnTransaction("the operation of the API opens it")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Access(Permission.ATTENDANCE_CORRECT)
    public Uni<RestResponse<String>> checkIn(
            UUID eventId,
            @BeanParam Paging paging,
            @RestForm @Nullable String participantId,
            @RestForm @Nullable String override,
            @RestForm @Nullable String reason) {
        Form form = Form.of("participant-override", override, "participant-reason", reason);
        return event.afterLettingIn(
                eventId,
                paging,
                form,
                () -> events.checkIn(
                        eventId,
                        new CheckInPerson(
                                Parameters.id("participantId", participantId),
                                form.isTicked("participant-override"),
                                form.valueOrNull("participant-reason"),
                                null)));
    }
}
