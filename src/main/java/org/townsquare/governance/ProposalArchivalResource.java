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

@Path("/api/v1/proposals/{proposalId}/archival")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class ProposalArchivalResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final ProposalAnswer answer;

    ProposalArchivalResource(Viewer viewer, Journal journal, Clock clock, ProposalAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.answer = answer;
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code proposal-not-decided}. */
    @POST
    @OncePerKey
    @WithTransaction
    @Access(Permission.PROPOSAL_ARCHIVE)
    @Operation(
            operationId = "archiveProposal",
            summary = "Put a decided proposal away; 365 days after the end that happens by itself")
    @APIResponse(responseCode = "200", description = "The archived proposal")
    public Uni<RestResponse<ProposalView>> archive(UUID proposalId, @Valid ArchiveProposal in) {
        return Proposal.heldBy(viewer, proposalId)
                .call(proposal ->
                        journal.record(viewer, proposal.archive(viewer.in(proposal.communityId), clock.instant())))
                .chain(answer::ok);
    }
}
