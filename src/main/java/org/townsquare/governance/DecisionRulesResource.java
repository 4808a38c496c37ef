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
import org.townsquare.communities.Community;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/communities/{communityId}/decision-rules")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class DecisionRulesResource {
    private final Viewer viewer;

    DecisionRulesResource(Viewer viewer) {
        this.viewer = viewer;
    }

    @GET
    @WithSession
    @Access(Permission.RULES_READ)
    @Operation(operationId = "listDecisionRules", summary = "List the rules that the community decides by")
    @APIResponse(responseCode = "200", description = "A page of rules, in the order of their making")
    public Uni<RestResponse<Page<DecisionRuleView>>> list(UUID communityId, @BeanParam Paging paging) {
        return Community.visibleTo(viewer, communityId)
                .chain(community -> DecisionRule.page(community, paging))
                .map(rows ->
                        paging.answer(rows.stream().map(DecisionRuleView::of).toList(), row -> Cursor.of(row.id())));
    }
}
