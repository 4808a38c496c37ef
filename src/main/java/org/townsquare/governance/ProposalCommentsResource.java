package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Member;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/proposals/{proposalId}/comments")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
class ProposalCommentsResource {
    private final Viewer viewer;
    private final Journal journal;
    private final GovernanceConfig config;
    private final CommentAnswer answer;

    ProposalCommentsResource(Viewer viewer, Journal journal, GovernanceConfig config, CommentAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.config = config;
        this.answer = answer;
    }

    /**
     * Problems: {@code not-found}, {@code members-only}, {@code discussion-closed}, {@code too-many-comments}, {@code parent-unknown}, {@code
     * thread-too-deep}.
     */
    @POST
    @OncePerKey
    @Authenticated
    @WithTransaction
    @Access(Permission.COMMENT_WRITE)
    @Operation(
            operationId = "postComment",
            summary = "Say something about a proposal while it is under review or voted on")
    @APIResponse(
            responseCode = "201",
            description = "The comment",
            content = @Content(schema = @Schema(implementation = CommentView.class)))
    public Uni<RestResponse<CommentView>> post(UUID proposalId, @Valid PostComment in) {
        return Proposal.heldToComment(viewer, proposalId)
                .chain(proposal -> {
                    Member by = viewer.in(proposal.communityId);
                    GovernanceRights.requireToComment(by);
                    return Comment.nthLast(by, config.commentsPerHour())
                            .chain(first -> Comment.answered(proposal, in.parentId())
                                    .chain(parent -> DatabaseClock.now()
                                            .map(now -> Comment.post(by, proposal, in, parent, first, now))));
                })
                .call(comment -> comment.persist())
                .call(comment -> journal.record(viewer, comment.posted()))
                .chain(comment -> answer.with(RestResponse.Status.CREATED, comment)
                        .invoke(made ->
                                made.getHeaders().add("Location", URI.create("/api/v1/comments/" + comment.id))));
    }

    @GET
    @PermitAll
    @WithSession
    @Access(Permission.COMMENT_READ)
    @Operation(operationId = "listComments", summary = "List what is said about a proposal, in order of time")
    @APIResponse(responseCode = "200", description = "A page of comments; a thread is what has the same parentId")
    public Uni<RestResponse<Page<CommentView>>> list(UUID proposalId, @BeanParam Paging paging) {
        return Proposal.visibleTo(viewer, proposalId)
                .chain(proposal -> Comment.page(proposal, paging)
                        .map(rows -> paging.answer(
                                rows.stream()
                                        .map(row -> CommentView.of(row, viewer.in(proposal.communityId)))
                                        .toList(),
                                row -> Cursor.of(row.id()))));
    }
}
