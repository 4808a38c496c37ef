package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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
import org.townsquare.platform.HotPath;

@Path("/api/v1/proposals/{proposalId}")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
class ProposalResource {
    private final Viewer viewer;
    private final Journal journal;
    private final ProposalReader proposals;
    private final ProposalAnswer answer;

    ProposalResource(Viewer viewer, Journal journal, ProposalReader proposals, ProposalAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.proposals = proposals;
        this.answer = answer;
    }

    @GET
    @PermitAll
    @HotPath
    @Access(Permission.PROPOSAL_READ)
    @Operation(operationId = "readProposal", summary = "Read a proposal")
    @APIResponse(responseCode = "200", description = "The proposal")
    public Uni<RestResponse<ProposalView>> read(UUID proposalId) {
        return proposals.one(viewer, proposalId).map(seen -> answer.of(RestResponse.Status.OK, seen));
    }

    @PATCH
    @Authenticated
    @WithTransaction
    @Access(Permission.PROPOSAL_DRAFT)
    @Operation(operationId = "editProposal", summary = "Change a draft; every text is kept")
    @APIResponse(responseCode = "200", description = "The draft")
    public Uni<RestResponse<ProposalView>> edit(
            UUID proposalId, @HeaderParam("If-Match") @Nullable String ifMatch, @Valid EditProposal in) {
        return Proposal.heldBy(viewer, proposalId)
                .invoke(proposal -> proposal.requireMatch(ifMatch))
                .call(proposal -> {
                    var facts = proposal.edit(viewer.in(proposal.communityId), in);
                    return ProposalText.keep(proposal).chain(() -> journal.record(viewer, facts));
                })
                .chain(answer::ok);
    }
}
