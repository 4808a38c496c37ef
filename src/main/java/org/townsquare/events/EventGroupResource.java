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

@Path("/api/v1/event-groups/{groupId}")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
class EventGroupResource {
    private final Viewer viewer;
    private final Journal journal;

    EventGroupResource(Viewer viewer, Journal journal) {
        this.viewer = viewer;
        this.journal = journal;
    }

    @GET
    @PermitAll
    @WithSession
    @Access(Permission.EVENT_READ)
    @Operation(operationId = "readEventGroup", summary = "Read a group of events")
    @APIResponse(responseCode = "200", description = "The group")
    public Uni<RestResponse<EventGroupView>> read(UUID groupId) {
        return EventGroup.visibleTo(viewer, groupId).map(this::shown);
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code if-match-required}, {@code stale}. */
    @PATCH
    @Authenticated
    @WithTransaction
    @Access(Permission.EVENT_MANAGE)
    @Operation(operationId = "editEventGroup", summary = "Change what a group of events is called")
    @APIResponse(responseCode = "200", description = "The group")
    public Uni<RestResponse<EventGroupView>> edit(
            UUID groupId, @HeaderParam("If-Match") @Nullable String ifMatch, @Valid EditEventGroup in) {
        return EventGroup.heldBy(viewer, groupId)
                .invoke(group -> group.requireMatch(ifMatch))
                .call(group -> journal.record(viewer, group.edit(viewer.in(group.communityId), in)))
                .map(this::shown);
    }

    /**
     * Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code if-match-required}, {@code stale}, {@code group-has-attendances},
     * {@code event-group-in-use}, {@code event-in-use}.
     */
    @DELETE
    @Authenticated
    @WithTransaction
    @Access(Permission.EVENT_MANAGE)
    @Operation(
            operationId = "deleteEventGroup",
            summary = "Delete a group and its events, where nobody has checked in to any of them")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "412", description = "It was changed meanwhile")
    @APIResponse(responseCode = "428", description = "If-Match is missing")
    public Uni<Void> delete(UUID groupId, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return EventGroup.heldBy(viewer, groupId)
                .invoke(group -> group.requireMatch(ifMatch))
                .invoke(group -> EventRights.requireToManage(viewer.in(group.communityId)))
                .chain(group -> EventGroup.contentOf(group)
                        .chain(content -> journal.record(viewer, group.delete(viewer.in(group.communityId), content)))
                        .chain(() -> EventGroup.remove(group)));
    }

    private RestResponse<EventGroupView> shown(EventGroup group) {
        return RestResponse.ResponseBuilder.ok(EventGroupView.of(group, viewer.in(group.communityId)))
                .header("ETag", group.etag())
                .build();
    }
}
