package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.RequestScoped;
import java.time.Clock;
import org.jboss.resteasy.reactive.RestResponse;
import org.townsquare.communities.Viewer;

/** How a proposal is shown to the viewer. */
@RequestScoped
class ProposalAnswer {
    private final Viewer viewer;
    private final Clock clock;

    ProposalAnswer(Viewer viewer, Clock clock) {
        this.viewer = viewer;
        this.clock = clock;
    }

    Uni<RestResponse<ProposalView>> ok(Proposal proposal) {
        return with(RestResponse.Status.OK, proposal);
    }

    Uni<RestResponse<ProposalView>> with(RestResponse.Status status, Proposal proposal) {
        return Proposal.standing(proposal, viewer).map(standing -> of(status, new SeenProposal(proposal, standing)));
    }

    RestResponse<ProposalView> of(RestResponse.Status status, SeenProposal seen) {
        Proposal proposal = seen.proposal();
        var view = ProposalView.of(proposal, shown(seen.standing()), viewer.in(proposal.communityId), clock.instant());
        return RestResponse.ResponseBuilder.create(status, view)
                .header("ETag", proposal.etag())
                .build();
    }

    /** Whoever acts as another sees neither their vote nor that they have one. */
    private ProposalStanding shown(ProposalStanding standing) {
        return viewer.isImpersonated() ? standing.withoutBallot() : standing;
    }
}
