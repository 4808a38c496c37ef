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

@Path("/api/v1/proposals/{proposalId}/votes")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class VotesResource {
    private final Viewer viewer;

    VotesResource(Viewer viewer) {
        this.viewer = viewer;
    }

    /** Problems: {@code not-found}, {@code proposal-not-opened}, {@code results-sealed}, {@code votes-not-disclosed}. */
    @GET
    @WithSession
    @Access(Permission.VOTE_READ)
    @Operation(
            operationId = "listVotes",
            summary = "List who voted what, once the vote is closed; COUNCIL and ADMIN see before who voted")
    @APIResponse(responseCode = "200", description = "A page of votes, in the order of the voters' ids")
    public Uni<RestResponse<Page<VoteItem>>> list(UUID proposalId, @BeanParam Paging paging) {
        return Proposal.visibleTo(viewer, proposalId)
                .invoke(Proposal::requireOpened)
                .chain(proposal -> {
                    var shown = Disclosure.requireVotes(viewer.in(proposal.communityId), proposal);
                    return Vote.page(proposal, paging)
                            .map(rows -> rows.stream()
                                    .map(row -> VoteItem.of(row, shown))
                                    .toList());
                })
                .map(items ->
                        paging.answer(items, item -> Cursor.of(item.voter().id())));
    }
}
