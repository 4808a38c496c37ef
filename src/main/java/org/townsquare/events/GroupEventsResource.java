package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Market;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Repeats;

@Path("/api/v1/event-groups/{groupId}/events")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
class GroupEventsResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final RandomGenerator random;
    private final EventAnswer answer;
    private final Repeats repeats;

    GroupEventsResource(
            Viewer viewer, Journal journal, Clock clock, RandomGenerator random, EventAnswer answer, Repeats repeats) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.random = random;
        this.answer = answer;
        this.repeats = repeats;
    }

    @POST
    @OncePerKey
    @Authenticated
    @OwnTransaction("a code that is taken already ends its transaction; another one is drawn in the next")
    @Access(Permission.EVENT_MANAGE)
    @Operation(operationId = "scheduleEvent", summary = "Schedule an event, with its code")
    @APIResponse(
            responseCode = "201",
            description = "The event",
            content = @Content(schema = @Schema(implementation = EventView.class)))
    public Uni<RestResponse<EventView>> schedule(UUID groupId, @Valid ScheduleEvent in) {
        return CodeDraw.until(() -> repeats.withTransaction(() -> EventGroup.visibleTo(viewer, groupId)
                .chain(group -> Market.of(group.communityId)
                        .map(market -> Event.schedule(
                                group, viewer.in(group.communityId), in, market.timeZone, random, clock.instant())))
                .call(event -> event.persist())
                .call(event -> journal.record(viewer, event.scheduled()))
                .call(EventSeats::furnish)
                .map(event -> answer.with(RestResponse.Status.CREATED, event)
                        .location(URI.create("/api/v1/events/" + event.id))
                        .build())));
    }

    @GET
    @PermitAll
    @WithSession
    @Access(Permission.EVENT_READ)
    @Operation(operationId = "listEvents", summary = "List the events of a group")
    @APIResponse(responseCode = "200", description = "A page of events, the latest first")
    public Uni<RestResponse<Page<EventView>>> list(UUID groupId, @BeanParam Paging paging) {
        return EventGroup.visibleTo(viewer, groupId)
                .chain(group -> Event.page(group, paging))
                .map(rows -> paging.answer(
                        rows.stream().map(answer::view).toList(), row -> new Cursor(row.startTime(), row.id())));
    }
}
