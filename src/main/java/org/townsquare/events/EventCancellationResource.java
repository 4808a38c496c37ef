package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;

@Path("/api/v1/events/{eventId}/cancellation")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class EventCancellationResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final EventAnswer answer;

    EventCancellationResource(Viewer viewer, Journal journal, Clock clock, EventAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.answer = answer;
    }

    @POST
    @OncePerKey
    @WithTransaction
    @Access(Permission.EVENT_MANAGE)
    @Operation(operationId = "cancelEvent", summary = "Cancel an event, for good")
    @APIResponse(responseCode = "200", description = "The cancelled event; also where it was cancelled before")
    public Uni<EventView> cancel(UUID eventId, @Valid CancelEvent in) {
        return Event.heldBy(viewer, eventId)
                .call(event -> journal.record(viewer, event.cancel(viewer.in(event.communityId), in, clock.instant())))
                .map(answer::view);
    }
}
