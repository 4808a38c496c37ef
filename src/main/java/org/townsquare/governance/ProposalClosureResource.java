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

@Path("/api/v1/proposals/{proposalId}/closure")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class ProposalClosureResource {
    private final Viewer viewer;
    private final Closing closing;
    private final ProposalAnswer answer;

    ProposalClosureResource(Viewer viewer, Closing closing, ProposalAnswer answer) {
        this.viewer = viewer;
        this.closing = closing;
        this.answer = answer;
    }

    @POST
    @OncePerKey
    @WithTransaction
    @Access(Permission.PROPOSAL_CLOSE)
    @Operation(
            operationId = "closeProposal",
            summary = "Close the vote: after its deadline, or early where the rule allows it")
    @APIResponse(responseCode = "200", description = "The proposal with its outcome")
    public Uni<RestResponse<ProposalView>> close(UUID proposalId, @Valid CloseProposal in) {
        return closing.close(viewer, proposalId).chain(answer::ok);
    }
}
