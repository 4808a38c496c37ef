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
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;

@Path("/api/v1/proposals/{proposalId}/review")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class ProposalReviewResource {
    private final Viewer viewer;
    private final Journal journal;
    private final ProposalAnswer answer;

    ProposalReviewResource(Viewer viewer, Journal journal, ProposalAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.answer = answer;
    }

    @POST
    @OncePerKey
    @WithTransaction
    @Access(Permission.PROPOSAL_REVIEW)
    @Operation(operationId = "reviewProposal", summary = "Open the vote, hand the proposal back, or reject it")
    @APIResponse(responseCode = "200", description = "The proposal after the review")
    public Uni<RestResponse<ProposalView>> review(UUID proposalId, @Valid ReviewProposal in) {
        return Proposal.heldBy(viewer, proposalId)
                .call(proposal -> DecisionRule.of(proposal)
                        .chain(rule -> DatabaseClock.now()
                                .map(now -> proposal.review(viewer.in(proposal.communityId), in, rule, now)))
                        .call(review -> review.persist())
                        .call(review -> journal.record(viewer, review.reviewed()))
                        .call(review -> review.decision == ReviewDecision.APPROVE
                                ? open(proposal)
                                : Uni.createFrom().voidItem()))
                .chain(answer::ok);
    }

    private Uni<Void> open(Proposal proposal) {
        return Electorate.take(proposal)
                .call(() -> ProposalTally.zero(proposal).persist())
                .chain(electorate -> journal.record(viewer, proposal.opened(electorate)));
    }
}
