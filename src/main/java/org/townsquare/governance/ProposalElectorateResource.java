package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;

@Path("/api/v1/proposals/{proposalId}/electorate")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class ProposalElectorateResource {
    private final Viewer viewer;

    ProposalElectorateResource(Viewer viewer) {
        this.viewer = viewer;
    }

    /** Problems: {@code not-found}, {@code proposal-not-opened}. */
    @GET
    @WithSession
    @Access(Permission.PROPOSAL_READ)
    @Operation(
            operationId = "readElectorate",
            summary = "How many may vote, since when that is fixed, and whether you may, or why not")
    @APIResponse(responseCode = "200", description = "The electorate")
    public Uni<ElectorateView> read(UUID proposalId) {
        return Proposal.visibleTo(viewer, proposalId)
                .invoke(Proposal::requireOpened)
                .chain(proposal -> Electorate.of(proposal)
                        .chain(electorate -> PlaceInElectorate.of(proposal, viewer)
                                .map(place -> ElectorateView.of(proposal, electorate, place))));
    }
}
