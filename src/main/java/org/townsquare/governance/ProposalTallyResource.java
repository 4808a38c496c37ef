package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;

@Path("/api/v1/proposals/{proposalId}/tally")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class ProposalTallyResource {
    private final Viewer viewer;
    private final Clock clock;

    ProposalTallyResource(Viewer viewer, Clock clock) {
        this.viewer = viewer;
        this.clock = clock;
    }

    /** Problems: {@code not-found}, {@code proposal-not-opened}, {@code results-sealed}. */
    @GET
    @WithSession
    @Access(Permission.TALLY_READ)
    @Operation(
            operationId = "readTally",
            summary = "What a vote comes to and why: every condition of its rule, in numbers and in a sentence")
    @APIResponse(responseCode = "200", description = "The counts, and what follows from them")
    public Uni<ExplainedTally> read(UUID proposalId) {
        return Proposal.visibleTo(viewer, proposalId)
                .invoke(Proposal::requireOpened)
                .invoke(Disclosure::requireCounts)
                .chain(proposal -> Electorate.of(proposal)
                        .chain(electorate -> ProposalTally.of(proposal)
                                .map(tally -> ExplainedTally.of(proposal, electorate, tally, clock.instant()))));
    }
}
