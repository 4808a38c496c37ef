package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.JournalEntry;
import org.townsquare.platform.Digest;
import org.townsquare.platform.HotPath;

@Path("/api/v1/proposals/{proposalId}/vote")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class VoteResource {
    private final Viewer viewer;
    private final Voting voting;

    VoteResource(Viewer viewer, Voting voting) {
        this.viewer = viewer;
        this.voting = voting;
    }

    @GET
    @WithSession
    @Access(Permission.VOTE_READ)
    @Operation(operationId = "readVote", summary = "Read your own vote, with what proves it")
    @APIResponse(responseCode = "200", description = "Your vote")
    public Uni<OwnVoteView> read(UUID proposalId) {
        return Vote.ownOf(viewer, proposalId)
                .chain(vote -> JournalEntry.ofReceipt(vote.id, Digest.of(vote.receipt))
                        .map(entry -> OwnVoteView.of(vote, VoteView.ofStanding(vote), entry)));
    }

    /**
     * Problems: {@code not-found}, {@code proposal-not-voting}, {@code voting-closed}, {@code not-in-electorate}, {@code too-many-changes}, {@code
     * membership-suspended}, {@code membership-banned}, {@code community-suspended}.
     */
    @DELETE
    @HotPath
    @Access(Permission.VOTE_CAST)
    @Operation(operationId = "withdrawVote", summary = "Withdraw your vote while the voting lasts")
    @APIResponse(responseCode = "204", description = "You have no vote now; also where you had none")
    public Uni<Void> withdraw(UUID proposalId) {
        return voting.withdraw(viewer, proposalId);
    }

    /**
     * Problems: {@code not-found}, {@code proposal-not-voting}, {@code voting-closed}, {@code not-in-electorate}, {@code too-many-changes}, {@code
     * membership-suspended}, {@code membership-banned}, {@code community-suspended}.
     */
    @PUT
    @HotPath
    @Access(Permission.VOTE_CAST)
    @Operation(operationId = "castVote", summary = "Vote, or change your vote while the voting lasts")
    @APIResponse(
            responseCode = "201",
            description = "Your first vote",
            content = @Content(schema = @Schema(implementation = VoteView.class)))
    @APIResponse(
            responseCode = "200",
            description = "Your vote changed, or was this already",
            content = @Content(schema = @Schema(implementation = VoteView.class)))
    public Uni<RestResponse<VoteView>> cast(UUID proposalId, @Valid CastVote in) {
        return voting.cast(viewer, proposalId, in.choice())
                .map(answer -> RestResponse.status(
                        answer.first() ? RestResponse.Status.CREATED : RestResponse.Status.OK, answer.vote()));
    }
}
