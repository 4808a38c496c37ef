package org.townsquare.governance;

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
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;

@Path("/api/v1/comments/{commentId}/hiding")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class CommentHidingResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final CommentAnswer answer;

    CommentHidingResource(Viewer viewer, Journal journal, Clock clock, CommentAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.answer = answer;
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code comment-deleted}. */
    @POST
    @OncePerKey
    @WithTransaction
    @Access(Permission.COMMENT_HIDE)
    @Operation(operationId = "hideComment", summary = "Hide a comment from others than its author and the council")
    @APIResponse(responseCode = "200", description = "The hidden comment; also where it was hidden before")
    public Uni<RestResponse<CommentView>> hide(UUID commentId, @Valid HideComment in) {
        return Comment.heldBy(viewer, commentId)
                .call(comment ->
                        journal.record(viewer, comment.hide(viewer.in(comment.communityId), in, clock.instant())))
                .chain(answer::ok);
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}. */
    @DELETE
    @WithTransaction
    @Access(Permission.COMMENT_HIDE)
    @Operation(operationId = "showComment", summary = "Show a hidden comment again")
    @APIResponse(responseCode = "200", description = "The comment; also where it was not hidden")
    public Uni<RestResponse<CommentView>> show(UUID commentId) {
        return Comment.heldBy(viewer, commentId)
                .call(comment -> journal.record(viewer, comment.show(viewer.in(comment.communityId))))
                .chain(answer::ok);
    }
}
