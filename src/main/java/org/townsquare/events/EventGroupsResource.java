package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Community;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Parameters;

@Path("/api/v1/communities/{communityId}/event-groups")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
class EventGroupsResource {
    private final Viewer viewer;
    private final Journal journal;

    EventGroupsResource(Viewer viewer, Journal journal) {
        this.viewer = viewer;
        this.journal = journal;
    }

    @POST
    @OncePerKey
    @Authenticated
    @WithTransaction
    @Access(Permission.EVENT_MANAGE)
    @Operation(operationId = "createEventGroup", summary = "Make a group of events")
    @APIResponse(
            responseCode = "201",
            description = "The group",
            content = @Content(schema = @Schema(implementation = EventGroupView.class)))
    public Uni<RestResponse<EventGroupView>> create(UUID communityId, @Valid CreateEventGroup in) {
        return Community.visibleTo(viewer, communityId)
                .map(community -> EventGroup.create(community, viewer.in(communityId), in))
                .call(group -> group.persist())
                .call(group -> journal.record(viewer, group.created()))
                .map(group -> RestResponse.ResponseBuilder.create(
                                RestResponse.Status.CREATED, EventGroupView.of(group, viewer.in(communityId)))
                        .location(URI.create("/api/v1/event-groups/" + group.id))
                        .header("ETag", group.etag())
                        .build());
    }

    @GET
    @PermitAll
    @WithSession
    @Access(Permission.EVENT_READ)
    @Operation(operationId = "listEventGroups", summary = "List the groups of events")
    @APIResponse(responseCode = "200", description = "A page of groups, the newest first")
    public Uni<RestResponse<Page<EventGroupView>>> list(
            UUID communityId,
            @QueryParam("createdBy")
                    @Parameter(
                            description = "Only those that this user made.",
                            schema = @Schema(type = SchemaType.STRING, format = "uuid"))
                    @Nullable
                    String createdBy,
            @QueryParam("name")
                    @Parameter(description = "A part of the name, in any case; at most 200 characters.")
                    @Nullable
                    String name,
            @BeanParam Paging paging) {
        UUID creator = Parameters.id("createdBy", createdBy);
        String part = SearchedName.of("name", name);
        return Community.visibleTo(viewer, communityId)
                .chain(community -> EventGroup.page(community, creator, part, paging))
                .map(rows -> paging.answer(
                        rows.stream()
                                .map(group -> EventGroupView.of(group, viewer.in(communityId)))
                                .toList(),
                        row -> new Cursor(row.createdAt(), row.id())));
    }
}
