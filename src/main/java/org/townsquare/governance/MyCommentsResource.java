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

@Path("/api/v1/me/comments")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MyCommentsResource {
    private final Viewer viewer;

    MyCommentsResource(Viewer viewer) {
        this.viewer = viewer;
    }

    @GET
    @WithSession
    @Access(Permission.COMMENT_READ)
    @Operation(operationId = "listMyComments", summary = "List your own comments with their proposals, newest first")
    @APIResponse(responseCode = "200", description = "A page of comments")
    public Uni<RestResponse<Page<CommentView>>> list(@BeanParam Paging paging) {
        return Comment.page(viewer, paging)
                .map(rows -> paging.answer(
                        rows.stream()
                                .map(row -> CommentView.of(row, viewer.in(row.comment().communityId)))
                                .toList(),
                        row -> Cursor.of(row.id())));
    }
}
