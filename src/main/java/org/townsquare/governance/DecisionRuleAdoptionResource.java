package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.Panache;
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
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Member;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;

@Path("/api/v1/decision-rules/{ruleId}/adoption")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class DecisionRuleAdoptionResource {
    private final Viewer viewer;
    private final Journal journal;

    DecisionRuleAdoptionResource(Viewer viewer, Journal journal) {
        this.viewer = viewer;
        this.journal = journal;
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}. */
    @POST
    @OncePerKey
    @WithTransaction
    @Access(Permission.RULES_EDIT)
    @Operation(
            operationId = "adoptDecisionRule",
            summary = "Decide by this rule from now on, where a proposal names none; open votes keep theirs")
    @APIResponse(responseCode = "200", description = "The rule, now the default; also where it was that before")
    public Uni<DecisionRuleView> adopt(UUID ruleId, @Valid AdoptRule in) {
        return DecisionRule.heldBy(viewer, ruleId).chain(this::adopt).map(DecisionRuleView::of);
    }

    private Uni<DecisionRule> adopt(Adoption adoption) {
        DecisionRule rule = adoption.rule();
        Member by = viewer.in(rule.communityId);
        GovernanceRights.requireToEditRules(by);
        if (adoption.isDone()) return Uni.createFrom().item(rule);
        adoption.current().giveWay(by);
        // written first, since never two are the default
        return Panache.getSession()
                .call(session -> session.flush())
                .chain(() -> journal.record(viewer, rule.adopt(by, adoption.current())))
                .replaceWith(rule);
    }
}
