package org.townsquare.communities;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
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
import org.townsquare.identity.Access;
import org.townsquare.identity.ApiKey;
import org.townsquare.identity.ApiKeyView;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/communities/{communityId}/api-keys")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class CommunityApiKeysResource {
    private final Viewer viewer;

    CommunityApiKeysResource(Viewer viewer) {
        this.viewer = viewer;
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}. */
    @GET
    @WithSession
    @Access(Permission.COMMUNITY_SETTINGS)
    @Operation(
            operationId = "listCommunityApiKeys",
            summary = "List the API keys that act for this community; its ADMINs may revoke them")
    @APIResponse(responseCode = "200", description = "A page of keys, newest first, without their secrets")
    public Uni<RestResponse<Page<ApiKeyView>>> list(UUID communityId, @BeanParam Paging paging) {
        return Community.visibleTo(viewer, communityId)
                .invoke(community -> viewer.in(community.id).require(Permission.COMMUNITY_SETTINGS))
                .chain(community -> ApiKey.ofCommunity(community.id, paging))
                .map(rows -> rows.stream().map(ApiKeyView::of).toList())
                .map(rows -> paging.answer(rows, row -> Cursor.of(row.id())));
    }
}
