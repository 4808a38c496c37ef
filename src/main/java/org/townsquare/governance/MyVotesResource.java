package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/me/votes")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MyVotesResource {
    private final Viewer viewer;

    MyVotesResource(Viewer viewer) {
        this.viewer = viewer;
    }

    @GET
    @WithSession
    @Access(Permission.VOTE_READ)
    @Operation(operationId = "listMyVotes", summary = "List your own votes that stand, those begun last first")
    @APIResponse(responseCode = "200", description = "A page of votes")
    public Uni<RestResponse<Page<MyVoteView>>> list(@BeanParam Paging paging) {
        return Vote.page(viewer, paging)
                .map(rows -> paging.answer(rows.stream().map(MyVoteView::of).toList(), row -> Cursor.of(row.id())));
    }
}
