package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.RequestScoped;
import java.time.Clock;
import org.jboss.resteasy.reactive.RestResponse;
import org.townsquare.communities.Viewer;

/** How a proposal is shown to the viewer, by one more query. */
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
        return Proposal.standing(proposal, viewer)
                .map(standing ->
                        ProposalView.of(proposal, seen(standing), viewer.in(proposal.communityId), clock.instant()))
                .map(view -> RestResponse.ResponseBuilder.create(status, view)
                        .header("ETag", proposal.etag())
                        .build());
    }

    /** Whoever acts as another sees neither their vote nor that they have one. */
    private ProposalStanding seen(ProposalStanding standing) {
        return viewer.isImpersonated() ? standing.withoutBallot() : standing;
    }
}
