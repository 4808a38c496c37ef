package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;

@Path("/api/v1/events/{eventId}")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
class EventResource {
    private final Viewer viewer;
    private final Journal journal;
    private final EventAnswer answer;

    EventResource(Viewer viewer, Journal journal, EventAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.answer = answer;
    }

    @GET
    @PermitAll
    @WithSession
    @Access(Permission.EVENT_READ)
    @Operation(operationId = "readEvent", summary = "Read an event; its code for those who manage events alone")
    @APIResponse(responseCode = "200", description = "The event")
    public Uni<RestResponse<EventView>> read(UUID eventId) {
        return Event.visibleTo(viewer, eventId).map(this::shown);
    }

    /**
     * Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code if-match-required}, {@code stale}, {@code event-cancelled},
     * {@code time-zone-unknown}, {@code time-out-of-range}, {@code check-in-window-empty}, {@code capacity-below-attendance}.
     */
    @PATCH
    @Authenticated
    @WithTransaction
    @Access(Permission.EVENT_MANAGE)
    @Operation(operationId = "editEvent", summary = "Change an event")
    @APIResponse(responseCode = "200", description = "The event")
    @APIResponse(responseCode = "410")
    public Uni<RestResponse<EventView>> edit(
            UUID eventId, @HeaderParam("If-Match") @Nullable String ifMatch, @Valid EditEvent in) {
        return Event.heldBy(viewer, eventId)
                .invoke(event -> event.requireMatch(ifMatch))
                .call(event -> {
                    Integer places = event.capacity;
                    var changed = event.edit(viewer.in(event.communityId), in);
                    return EventSeats.refit(event, places).chain(() -> journal.record(viewer, changed));
                })
                .map(this::shown);
    }

    /**
     * Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code if-match-required}, {@code stale}, {@code event-has-attendances},
     * {@code event-in-use}.
     */
    @DELETE
    @Authenticated
    @WithTransaction
    @Access(Permission.EVENT_MANAGE)
    @Operation(operationId = "deleteEvent", summary = "Delete an event that nobody has checked in to")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "412", description = "It was changed meanwhile")
    @APIResponse(responseCode = "428", description = "If-Match is missing")
    public Uni<Void> delete(UUID eventId, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return Event.heldBy(viewer, eventId)
                .invoke(event -> event.requireMatch(ifMatch))
                .invoke(event -> EventRights.requireToManage(viewer.in(event.communityId)))
                .chain(event -> Event.isAttended(event)
                        .chain(attended -> journal.record(viewer, event.delete(viewer.in(event.communityId), attended)))
                        .chain(() -> Event.remove(event)));
    }

    private RestResponse<EventView> shown(Event event) {
        return answer.with(RestResponse.Status.OK, event).build();
    }
}
