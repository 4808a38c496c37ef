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
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;

@Path("/api/v1/events/{eventId}/reopening")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class EventReopeningResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final EventAnswer answer;
    private final RandomGenerator random;

    EventReopeningResource(Viewer viewer, Journal journal, Clock clock, EventAnswer answer, RandomGenerator random) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.answer = answer;
        this.random = random;
    }

    @POST
    @OncePerKey
    @WithTransaction
    @Access(Permission.EVENT_MANAGE)
    @Operation(operationId = "reopenEvent", summary = "Open check-in again")
    @APIResponse(responseCode = "200", description = "The open event")
    public Uni<EventView> reopen(UUID eventId, @Valid ReopenEvent in) {
        return Event.heldBy(viewer, eventId)
                .call(event ->
                        journal.record(viewer, event.reopen(viewer.in(event.communityId), in, random, clock.instant())))
                .map(answer::view);
    }
}
