package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Problem.NotFound;

@Path("/api/v1/questions/{questionId}/receipts/{receipt}")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class BallotReceiptResource {
    private static final Pattern RECEIPT = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final Viewer viewer;

    BallotReceiptResource(Viewer viewer) {
        this.viewer = viewer;
    }

    /** Problems: {@code not-found}, also for a receipt of a ballot that was changed or withdrawn. */
    @GET
    @WithSession
    @Access(Permission.QUESTION_READ)
    @Operation(operationId = "checkBallotReceipt", summary = "Whether the ballot with this receipt stands and counts")
    @APIResponse(responseCode = "200", description = "It does")
    public Uni<BallotReceiptView> check(UUID questionId, String receipt) {
        return Question.visibleTo(viewer, questionId)
                .chain(question -> Ballot.withReceipt(question, digest(receipt))
                        .map(ballot -> BallotReceiptView.of(ballot, question)));
    }

    private static Digest digest(String receipt) {
        if (!RECEIPT.matcher(receipt).matches()) throw new NotFound();
        return Digest.parse(receipt);
    }
}
