package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
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

@Path("/api/v1/proposals/{proposalId}/submission")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class ProposalSubmissionResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final ProposalAnswer answer;

    ProposalSubmissionResource(Viewer viewer, Journal journal, Clock clock, ProposalAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.answer = answer;
    }

    @POST
    @OncePerKey
    @WithTransaction
    @Access(Permission.PROPOSAL_SUBMIT)
    @Operation(operationId = "submitProposal", summary = "Hand a draft to the council")
    @APIResponse(responseCode = "200", description = "The proposal, under review")
    public Uni<RestResponse<ProposalView>> submit(UUID proposalId, @Valid SubmitProposal in) {
        return Proposal.heldBy(viewer, proposalId)
                .call(proposal ->
                        journal.record(viewer, proposal.submit(viewer.in(proposal.communityId), clock.instant())))
                .call(ProposalText::handIn)
                .chain(answer::ok);
    }
}
