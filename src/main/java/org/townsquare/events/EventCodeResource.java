package org.townsquare.events;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Repeats;

@Path("/api/v1/events/{eventId}/code")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class EventCodeResource {
    private final Viewer viewer;
    private final Journal journal;
    private final RandomGenerator random;
    private final EventAnswer answer;
    private final Repeats repeats;

    EventCodeResource(Viewer viewer, Journal journal, RandomGenerator random, EventAnswer answer, Repeats repeats) {
        this.viewer = viewer;
        this.journal = journal;
        this.random = random;
        this.answer = answer;
        this.repeats = repeats;
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code event-cancelled}, {@code busy}. */
    @POST
    @OncePerKey
    @OwnTransaction("a code that is taken already ends its transaction; another one is drawn in the next")
    @Access(Permission.EVENT_MANAGE)
    @Operation(
            operationId = "replaceEventCode",
            summary = "Give an event a new code; the old one leads nowhere any more")
    @APIResponse(responseCode = "200", description = "The event with its new code")
    @APIResponse(responseCode = "410")
    public Uni<RestResponse<EventView>> replace(UUID eventId, @Valid ReplaceCode in) {
        return CodeDraw.until(() -> repeats.withTransaction(() -> Event.heldBy(viewer, eventId)
                .call(event -> journal.record(viewer, event.replaceCode(viewer.in(event.communityId), random)))
                .map(event -> answer.with(RestResponse.Status.OK, event).build())));
    }
}
