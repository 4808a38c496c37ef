package org.townsquare.communities;

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
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;

@Path("/api/v1/communities/{communityId}/restoration")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class CommunityRestorationResource {
    private static final UUID NOBODY = new UUID(0, 0);

    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;

    CommunityRestorationResource(Viewer viewer, Journal journal, Clock clock) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
    }

    /** Problems: {@code not-found}, {@code not-allowed}, {@code community-not-deleted}, {@code restoration-expired}, {@code community-without-admin}, {@code slug-taken}. */
    @POST
    @OncePerKey
    @WithTransaction
    @Access(Permission.COMMUNITY_RESTORE)
    @Operation(
            operationId = "restoreCommunity",
            summary = "Restore a community that was deleted in the last 30 days, as PLATFORM_ADMIN")
    @APIResponse(responseCode = "200", description = "The community")
    public Uni<RestResponse<CommunityView>> restore(UUID communityId, @Valid Nothing in) {
        return Community.heldToRestore(viewer, communityId)
                .call(community -> Member.countAdmins(communityId, NOBODY, clock.instant())
                        .chain(admins -> journal.record(viewer, community.restore(viewer, admins, clock.instant()))))
                .map(community -> RestResponse.ResponseBuilder.ok(CommunityView.of(community, viewer))
                        .header("ETag", community.etag())
                        .build());
    }
}
