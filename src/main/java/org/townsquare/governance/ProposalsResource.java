package org.townsquare.governance;

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
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Community;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.HotPath;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/communities/{communityId}/proposals")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
class ProposalsResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final GovernanceConfig config;
    private final ProposalReader proposals;
    private final ProposalAnswer answer;

    ProposalsResource(
            Viewer viewer,
            Journal journal,
            Clock clock,
            GovernanceConfig config,
            ProposalReader proposals,
            ProposalAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.config = config;
        this.proposals = proposals;
        this.answer = answer;
    }

    @POST
    @OncePerKey
    @Authenticated
    @WithTransaction
    @Access(Permission.PROPOSAL_DRAFT)
    @Operation(operationId = "draftProposal", summary = "Begin a proposal, seen by you alone until you submit it")
    @APIResponse(
            responseCode = "201",
            description = "The draft",
            content = @Content(schema = @Schema(implementation = ProposalView.class)))
    public Uni<RestResponse<ProposalView>> draft(UUID communityId, @Valid DraftProposal in) {
        return Community.visibleTo(viewer, communityId)
                .call(() -> Proposal.requireSeen(viewer, communityId, in.supersedesId()))
                .chain(community -> Proposal.countDrafts(viewer.in(communityId)))
                .map(drafts -> Proposal.draft(viewer.in(communityId), in, drafts, config.draftsPerMember()))
                .call(proposal -> proposal.persist())
                .call(ProposalText::keep)
                .call(proposal -> journal.record(viewer, proposal.drafted()))
                .chain(proposal -> answer.with(RestResponse.Status.CREATED, proposal)
                        .invoke(made ->
                                made.getHeaders().add("Location", URI.create("/api/v1/proposals/" + proposal.id))));
    }

    @GET
    @PermitAll
    @HotPath
    @Access(Permission.PROPOSAL_READ)
    @Operation(operationId = "listProposals", summary = "List or search proposals, newest first")
    @APIResponse(responseCode = "200", description = "A page of proposals")
    public Uni<RestResponse<Page<ProposalItem>>> list(
            UUID communityId, @BeanParam ProposalFilter filter, @BeanParam Paging paging) {
        return proposals
                .page(viewer, communityId, filter, paging)
                .map(rows -> paging.answer(
                        rows.stream()
                                .map(row -> ProposalItem.of(row, clock.instant()))
                                .toList(),
                        row -> Cursor.of(row.id())));
    }
}
