package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;

@Path("/api/v1/proposals/{proposalId}/receipts/{receipt}")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class VoteReceiptResource {
    private final Viewer viewer;

    VoteReceiptResource(Viewer viewer) {
        this.viewer = viewer;
    }

    /** Problems: {@code not-found}. */
    @GET
    @WithSession
    @Access(Permission.TALLY_READ)
    @Operation(
            operationId = "readReceipt",
            summary = "Whether a vote with this receipt is counted; never whose it is, and never what it says")
    @APIResponse(responseCode = "200", description = "What became of the vote")
    public Uni<ReceiptView> read(UUID proposalId, String receipt) {
        return Proposal.visibleTo(viewer, proposalId).chain(proposal -> ReceiptView.of(proposal, receipt));
    }
}
