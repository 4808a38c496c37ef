package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
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
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/communities/{communityId}/decision-rules")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
class DecisionRulesResource {
    private final Viewer viewer;
    private final Journal journal;

    DecisionRulesResource(Viewer viewer, Journal journal) {
        this.viewer = viewer;
        this.journal = journal;
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code rule-inconsistent}, {@code group-unknown}. */
    @POST
    @OncePerKey
    @Authenticated
    @WithTransaction
    @Access(Permission.RULES_EDIT)
    @Operation(
            operationId = "writeDecisionRule",
            summary = "Write a decision rule, or the next revision of one; what is written never changes")
    @APIResponse(
            responseCode = "201",
            description = "The rule, with what the community should know about it",
            content = @Content(schema = @Schema(implementation = DecisionRuleView.class)))
    public Uni<RestResponse<DecisionRuleView>> write(UUID communityId, @Valid WriteRule in) {
        return Community.visibleTo(viewer, communityId)
                .invoke(() -> GovernanceRights.requireToEditRules(viewer.in(communityId)))
                .chain(community ->
                        DecisionRule.heldRevision(community, in.name().strip()))
                .map(last -> DecisionRule.write(viewer.in(communityId), in, last))
                .call(rule -> rule.persist())
                .call(rule -> journal.record(viewer, rule.written()))
                .map(rule -> RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, DecisionRuleView.of(rule))
                        .location(URI.create("/api/v1/decision-rules/" + rule.id))
                        .build());
    }

    @GET
    @PermitAll
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
