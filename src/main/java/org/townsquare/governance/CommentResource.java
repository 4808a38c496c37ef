package org.townsquare.governance;

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
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;

@Path("/api/v1/comments/{commentId}")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
class CommentResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final CommentAnswer answer;

    CommentResource(Viewer viewer, Journal journal, Clock clock, CommentAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.answer = answer;
    }

    @GET
    @PermitAll
    @WithSession
    @Access(Permission.COMMENT_READ)
    @Operation(operationId = "readComment", summary = "Read a comment")
    @APIResponse(responseCode = "200", description = "The comment")
    public Uni<RestResponse<CommentView>> read(UUID commentId) {
        return Comment.visibleTo(viewer, commentId).chain(answer::ok);
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-the-author}, {@code comment-deleted}, {@code discussion-closed}. */
    @PATCH
    @Authenticated
    @WithTransaction
    @Access(Permission.COMMENT_WRITE)
    @Operation(operationId = "editComment", summary = "Change your comment; the text before is kept")
    @APIResponse(responseCode = "200", description = "The comment")
    public Uni<RestResponse<CommentView>> edit(
            UUID commentId, @HeaderParam("If-Match") @Nullable String ifMatch, @Valid EditComment in) {
        return Comment.visibleTo(viewer, commentId)
                .chain(seen -> Proposal.heldToComment(viewer, seen.proposalId))
                .chain(proposal -> Comment.heldBy(viewer, commentId)
                        .invoke(comment -> comment.requireMatch(ifMatch))
                        .call(comment -> DatabaseClock.now().chain(now -> edit(comment, proposal, in, now))))
                .chain(answer::ok);
    }

    private Uni<Void> edit(Comment comment, Proposal on, EditComment in, Instant now) {
        CommentEdit before = CommentEdit.of(comment, now);
        var facts = comment.edit(viewer.in(comment.communityId), on, in, now);
        Uni<?> kept = facts.isEmpty() ? Uni.createFrom().voidItem() : before.persist();
        return kept.chain(() -> journal.record(viewer, facts));
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-the-author}. */
    @DELETE
    @Authenticated
    @WithTransaction
    @Access(Permission.COMMENT_WRITE)
    @Operation(
            operationId = "deleteComment",
            summary = "Take your comment back: its texts are gone, its place in the thread stays")
    @APIResponse(responseCode = "204", description = "It is deleted")
    public Uni<Void> delete(UUID commentId, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return Comment.heldBy(viewer, commentId)
                .invoke(comment -> comment.requireMatch(ifMatch))
                .call(comment -> {
                    var facts = comment.delete(viewer.in(comment.communityId), clock.instant());
                    return CommentEdit.forget(comment).chain(() -> journal.record(viewer, facts));
                })
                .replaceWithVoid();
    }
}
