package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
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

@Path("/api/v1/proposals/{proposalId}/electors")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class ProposalElectorsResource {
    private final Viewer viewer;

    ProposalElectorsResource(Viewer viewer) {
        this.viewer = viewer;
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code proposal-not-opened}. */
    @GET
    @WithSession
    @Access(Permission.ELECTOR_READ)
    @Operation(operationId = "listElectors", summary = "List who may vote; for COUNCIL and ADMIN")
    @APIResponse(responseCode = "200", description = "A page of electors, in the order of their user ids")
    public Uni<RestResponse<Page<ElectorView>>> list(UUID proposalId, @BeanParam Paging paging) {
        return Proposal.visibleTo(viewer, proposalId)
                .invoke(proposal -> GovernanceRights.requireToReadElectors(viewer.in(proposal.communityId)))
                .invoke(Proposal::requireOpened)
                .chain(proposal -> Elector.page(proposal, paging))
                .map(rows -> paging.answer(
                        rows.stream().map(ElectorView::of).toList(),
                        row -> Cursor.of(row.user().id())));
    }
}
