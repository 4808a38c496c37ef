package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
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
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/comments/{commentId}/edits")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class CommentEditsResource {
    private final Viewer viewer;

    CommentEditsResource(Viewer viewer) {
        this.viewer = viewer;
    }

    /** Problems: {@code not-found}, {@code comment-hidden}. */
    @GET
    @WithSession
    @Access(Permission.COMMENT_READ)
    @Operation(operationId = "listCommentEdits", summary = "List the texts that a comment had, newest first")
    @APIResponse(responseCode = "200", description = "A page of texts")
    public Uni<RestResponse<Page<CommentEditView>>> list(UUID commentId, @BeanParam Paging paging) {
        return Comment.visibleTo(viewer, commentId)
                .invoke(comment -> comment.requireReadBy(viewer.in(comment.communityId)))
                .chain(comment -> CommentEdit.page(comment, paging)
                        .map(edits -> paging.answer(
                                edits.stream().map(CommentEditView::of).toList(),
                                edit -> new Cursor(edit.replacedAt(), comment.id))));
    }
}
