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

@Path("/api/v1/questions/{questionId}/ballot")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class BallotResource {
    private final Viewer viewer;
    private final Balloting balloting;

    BallotResource(Viewer viewer, Balloting balloting) {
        this.viewer = viewer;
        this.balloting = balloting;
    }

    /**
     * Problems: {@code not-found}, {@code question-not-open}, {@code voting-closed}, {@code not-in-electorate}, {@code ballot-invalid}, {@code
     * too-many-changes}, {@code membership-suspended}, {@code membership-banned}, {@code community-suspended}.
     */
    @PUT
    @HotPath
    @Access(Permission.QUESTION_ANSWER)
    @Operation(operationId = "castBallot", summary = "Answer, or change your answer while the question is open")
    @APIResponse(
            responseCode = "201",
            description = "Your ballot, where you had none",
            content = @Content(schema = @Schema(implementation = BallotView.class)))
    @APIResponse(
            responseCode = "200",
            description = "Your ballot changed, or was this already",
            content = @Content(schema = @Schema(implementation = BallotView.class)))
    public Uni<RestResponse<BallotView>> cast(UUID questionId, @Valid CastBallot in) {
        return balloting
                .cast(viewer, questionId, in)
                .map(answer -> RestResponse.status(
                        answer.first() ? RestResponse.Status.CREATED : RestResponse.Status.OK, answer.ballot()));
    }

    /** Problems: {@code not-found}, also where one has no ballot. */
    @GET
    @WithSession
    @Access(Permission.VOTE_READ)
    @Operation(operationId = "readBallot", summary = "Read your own ballot, with what opens its receipt")
    @APIResponse(responseCode = "200", description = "Your ballot")
    public Uni<OwnBallotView> read(UUID questionId) {
        return Ballot.ownOf(viewer, questionId)
                .chain(ballot -> Question.of(ballot)
                        .chain(question -> JournalEntry.ofReceipt(ballot.id, Digest.of(ballot.receipt))
                                .chain(entry -> QuestionOption.of(question)
                                        .map(options -> OwnBallotView.of(
                                                ballot, question.form(), QuestionOption.ids(options), entry)))));
    }

    /** Problems: those of a ballot that is cast. */
    @DELETE
    @HotPath
    @Access(Permission.QUESTION_ANSWER)
    @Operation(operationId = "withdrawBallot", summary = "Take your ballot back while the question is open")
    @APIResponse(responseCode = "204", description = "You have no ballot there")
    public Uni<Void> withdraw(UUID questionId) {
        return balloting.withdraw(viewer, questionId);
    }
}
