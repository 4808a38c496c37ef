package org.townsquare.communities;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
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
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;

@Path("/api/v1/communities/{communityId}/platform-suspension")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class PlatformSuspensionResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;

    PlatformSuspensionResource(Viewer viewer, Journal journal, Clock clock) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
    }

    /** Problems: {@code not-found}, {@code not-allowed}, {@code community-suspended}. */
    @POST
    @OncePerKey
    @WithTransaction
    @Access(Permission.COMMUNITY_SUSPEND)
    @Operation(
            operationId = "suspendCommunity",
            summary = "Suspend a community as PLATFORM_ADMIN: its members read, nobody writes")
    @APIResponse(responseCode = "200", description = "The suspended community")
    public Uni<RestResponse<CommunityView>> suspend(UUID communityId, @Valid Reason in) {
        return Community.heldByReader(viewer, communityId)
                .call(community -> journal.record(viewer, community.suspend(viewer, in.reason(), clock.instant())))
                .map(community -> RestResponse.ResponseBuilder.ok(CommunityView.of(community, viewer))
                        .header("ETag", community.etag())
                        .build());
    }

    /** Problems: {@code not-found}, {@code not-allowed}, {@code community-not-suspended}. */
    @DELETE
    @WithTransaction
    @Access(Permission.COMMUNITY_SUSPEND)
    @Operation(
            operationId = "liftCommunitySuspension",
            summary = "Lift the suspension of a community as PLATFORM_ADMIN")
    @APIResponse(responseCode = "200", description = "The community")
    public Uni<RestResponse<CommunityView>> lift(UUID communityId) {
        return Community.heldByReader(viewer, communityId)
                .call(community -> journal.record(viewer, community.liftSuspension(viewer)))
                .map(community -> RestResponse.ResponseBuilder.ok(CommunityView.of(community, viewer))
                        .header("ETag", community.etag())
                        .build());
    }
}
