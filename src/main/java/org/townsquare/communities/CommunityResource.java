package org.townsquare.communities;

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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;

@Path("/api/v1/communities/{communityId}")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
class CommunityResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;

    CommunityResource(Viewer viewer, Journal journal, Clock clock) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
    }

    @GET
    @PermitAll
    @WithSession
    @Access(Permission.COMMUNITY_READ)
    @Operation(operationId = "readCommunity", summary = "Read a community")
    @APIResponse(responseCode = "200", description = "The community")
    public Uni<RestResponse<CommunityView>> read(UUID communityId) {
        return Community.readBy(viewer, communityId)
                .map(community -> RestResponse.ResponseBuilder.ok(CommunityView.of(community, viewer))
                        .header("ETag", community.etag())
                        .build());
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code stale}, {@code slug-taken}, {@code metadata-too-large}, {@code metadata-inexact}. */
    @PATCH
    @Authenticated
    @WithTransaction
    @Access(Permission.COMMUNITY_EDIT)
    @Operation(
            operationId = "editCommunity",
            summary = "Change what a community says of itself, who sees it and how one joins")
    @APIResponse(responseCode = "200", description = "The community")
    public Uni<RestResponse<CommunityView>> edit(
            UUID communityId, @HeaderParam("If-Match") @Nullable String ifMatch, @Valid EditCommunity in) {
        return Community.heldBy(viewer, communityId)
                .invoke(community -> community.requireMatch(ifMatch))
                .call(community -> journal.record(viewer, community.edit(viewer.in(communityId), in)))
                .map(community -> RestResponse.ResponseBuilder.ok(CommunityView.of(community, viewer))
                        .header("ETag", community.etag())
                        .build());
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code slug-mismatch}. */
    @DELETE
    @Authenticated
    @WithTransaction
    @Access(Permission.COMMUNITY_DELETE)
    @Operation(operationId = "deleteCommunity", summary = "Delete a community; for 30 days the platform can restore it")
    @APIResponse(responseCode = "204", description = "It exists for nobody any more")
    public Uni<Void> delete(
            UUID communityId,
            @QueryParam("slug") @Parameter(description = "The slug of the community, typed again.") @Nullable
                    String slug) {
        return Community.heldBy(viewer, communityId)
                .chain(community ->
                        journal.record(viewer, community.delete(viewer.in(communityId), slug, clock.instant())));
    }
}
