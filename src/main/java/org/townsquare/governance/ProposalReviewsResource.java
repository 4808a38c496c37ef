package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
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
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/proposals/{proposalId}/reviews")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class ProposalReviewsResource {
    private final Viewer viewer;

    ProposalReviewsResource(Viewer viewer) {
        this.viewer = viewer;
    }

    @GET
    @WithSession
    @Access(Permission.PROPOSAL_READ)
    @Operation(operationId = "listReviews", summary = "List what the council said of a proposal, in order of time")
    @APIResponse(responseCode = "200", description = "A page of reviews")
    public Uni<RestResponse<Page<ReviewView>>> list(UUID proposalId, @BeanParam Paging paging) {
        return Proposal.visibleTo(viewer, proposalId)
                .chain(proposal -> Review.page(proposal, paging))
                .map(rows -> paging.answer(rows.stream().map(ReviewView::of).toList(), row -> Cursor.of(row.id())));
    }
}
