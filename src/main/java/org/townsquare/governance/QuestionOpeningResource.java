package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;

@Path("/api/v1/questions/{questionId}/opening")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class QuestionOpeningResource {
    private final Viewer viewer;
    private final Journal journal;
    private final RandomGenerator random;
    private final QuestionAnswer answer;

    QuestionOpeningResource(Viewer viewer, Journal journal, RandomGenerator random, QuestionAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.random = random;
        this.answer = answer;
    }

    /**
     * Problems: {@code not-allowed}, {@code question-not-a-draft}, {@code closes-at-out-of-range}, {@code electorate-empty}.
     */
    @POST
    @OncePerKey
    @WithTransaction
    @Access(Permission.QUESTION_MANAGE)
    @Operation(
            operationId = "openQuestion",
            summary = "Put the question to the voters of its rule, and draw the order that decides ties")
    @APIResponse(responseCode = "200", description = "The question, open")
    public Uni<RestResponse<QuestionView>> open(UUID questionId, @Valid OpenQuestion in) {
        return Question.heldBy(viewer, questionId)
                .call(question -> DecisionRule.of(question)
                        .chain(rule -> DatabaseClock.now()
                                .invoke(now -> question.open(viewer.in(question.communityId), in, rule, now)))
                        .chain(() -> Electorate.take(question))
                        .chain(electorate -> QuestionOption.of(question)
                                .invoke(options -> QuestionOption.drawTies(options, random))
                                .chain(options -> journal.record(viewer, question.opened(electorate, options)))))
                .chain(answer::ok);
    }
}
