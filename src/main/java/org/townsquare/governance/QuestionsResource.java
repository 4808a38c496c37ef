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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Community;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Parameters;

@Path("/api/v1/communities/{communityId}/questions")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
class QuestionsResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final QuestionAnswer answer;

    QuestionsResource(Viewer viewer, Journal journal, Clock clock, QuestionAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.answer = answer;
    }

    /** Problems: {@code members-only}, {@code not-allowed}, {@code question-invalid}, {@code option-repeated}, {@code rule-unknown}. */
    @POST
    @OncePerKey
    @Authenticated
    @WithTransaction
    @Access(Permission.QUESTION_MANAGE)
    @Operation(
            operationId = "draftQuestion",
            summary = "Write a question, seen by COUNCIL and ADMIN alone until it is opened")
    @APIResponse(
            responseCode = "201",
            description = "The draft",
            content = @Content(schema = @Schema(implementation = QuestionView.class)))
    public Uni<RestResponse<QuestionView>> draft(UUID communityId, @Valid DraftQuestion in) {
        return Community.visibleTo(viewer, communityId)
                .map(community -> Question.draft(viewer.in(communityId), in))
                .call(question -> question.persist())
                .call(question -> QuestionOption.store(question, QuestionOption.write(question, in.options())))
                .call(question -> journal.record(viewer, question.drafted()))
                .chain(question -> answer.with(RestResponse.Status.CREATED, question)
                        .invoke(made ->
                                made.getHeaders().add("Location", URI.create("/api/v1/questions/" + question.id))));
    }

    @GET
    @PermitAll
    @WithSession
    @Access(Permission.QUESTION_READ)
    @Operation(operationId = "listQuestions", summary = "List questions, newest first")
    @APIResponse(responseCode = "200", description = "A page of questions")
    public Uni<RestResponse<Page<QuestionItem>>> list(
            UUID communityId,
            @QueryParam("state")
                    @Parameter(
                            description = "Only those that stand there.",
                            schema = @Schema(implementation = QuestionState.class))
                    @Nullable
                    String state,
            @BeanParam Paging paging) {
        return Community.visibleTo(viewer, communityId)
                .chain(community ->
                        Question.page(community, viewer, Parameters.oneOf(QuestionState.class, "state", state), paging))
                .map(rows -> paging.answer(
                        rows.stream()
                                .map(row -> QuestionItem.of(row, clock.instant()))
                                .toList(),
                        row -> Cursor.of(row.id())));
    }
}
