package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
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
import org.townsquare.platform.OncePerKey;

@Path("/api/v1/proposals/{proposalId}/cancellation")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class ProposalCancellationResource {
    private final Viewer viewer;
    private final Closing closing;
    private final ProposalAnswer answer;

    ProposalCancellationResource(Viewer viewer, Closing closing, ProposalAnswer answer) {
        this.viewer = viewer;
        this.closing = closing;
        this.answer = answer;
    }

    /**
     * Problems: {@code not-found}, {@code membership-suspended}, {@code cancel-not-allowed}, {@code proposal-not-voting}, {@code voting-closed}, {@code
     * tally-mismatch}.
     */
    @POST
    @OncePerKey
    @WithTransaction
    @Access(Permission.PROPOSAL_CANCEL)
    @Operation(operationId = "cancelProposal", summary = "End a vote without a decision; the votes stay, and are shown")
    @APIResponse(responseCode = "200", description = "The proposal with what was counted")
    public Uni<RestResponse<ProposalView>> cancel(UUID proposalId, @Valid CancelProposal in) {
        return closing.cancel(viewer, proposalId, in).chain(answer::ok);
    }
}
