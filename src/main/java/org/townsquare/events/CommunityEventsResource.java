package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Community;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/communities/{communityId}/events")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
class CommunityEventsResource {
    private final Viewer viewer;
    private final Clock clock;
    private final EventAnswer answer;

    CommunityEventsResource(Viewer viewer, Clock clock, EventAnswer answer) {
        this.viewer = viewer;
        this.clock = clock;
        this.answer = answer;
    }

    /** Problems: {@code not-found}, {@code parameter-invalid}. */
    @GET
    @PermitAll
    @WithSession
    @Access(Permission.EVENT_READ)
    @Operation(operationId = "listCommunityEvents", summary = "List the events of a community, of all its groups")
    @APIResponse(responseCode = "200", description = "A page of events, the latest first")
    public Uni<RestResponse<Page<EventView>>> list(
            UUID communityId, @BeanParam EventFilter filter, @BeanParam Paging paging) {
        return Community.visibleTo(viewer, communityId)
                .chain(community -> Event.page(community, filter, clock.instant(), paging))
                .map(rows -> paging.answer(
                        rows.stream().map(answer::view).toList(), row -> new Cursor(row.startTime(), row.id())));
    }
}
