package org.townsquare.communities;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

@Path("/api/v1/communities/{communityId}")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class CommunityResource {
    private final Viewer viewer;

    CommunityResource(Viewer viewer) {
        this.viewer = viewer;
    }

    @GET
    @WithSession
    @Operation(operationId = "readCommunity", summary = "Read a community")
    @APIResponse(responseCode = "200", description = "The community")
    public Uni<RestResponse<CommunityView>> read(UUID communityId) {
        return Community.visibleTo(viewer, communityId)
                .map(community -> RestResponse.ResponseBuilder.ok(CommunityView.of(community))
                        .header("ETag", community.etag())
                        .build());
    }
}
