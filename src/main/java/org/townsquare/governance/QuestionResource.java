package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;

@Path("/api/v1/questions/{questionId}")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
class QuestionResource {
    private final Viewer viewer;
    private final Journal journal;
    private final QuestionAnswer answer;

    QuestionResource(Viewer viewer, Journal journal, QuestionAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.answer = answer;
    }

    @GET
    @PermitAll
    @WithSession
    @Access(Permission.QUESTION_READ)
    @Operation(operationId = "readQuestion", summary = "Read a question")
    @APIResponse(responseCode = "200", description = "The question")
    public Uni<RestResponse<QuestionView>> read(UUID questionId) {
        return Question.visibleTo(viewer, questionId).chain(answer::ok);
    }

    /**
     * Problems: {@code not-allowed}, {@code question-not-a-draft}, {@code question-invalid}, {@code option-repeated}, {@code rule-unknown}, {@code
     * if-match-required}, {@code stale}.
     */
    @PATCH
    @Authenticated
    @WithTransaction
    @Access(Permission.QUESTION_MANAGE)
    @Operation(operationId = "editQuestion", summary = "Change a question that is not yet open")
    @APIResponse(responseCode = "200", description = "The draft")
    public Uni<RestResponse<QuestionView>> edit(
            UUID questionId, @HeaderParam("If-Match") @Nullable String ifMatch, @Valid EditQuestion in) {
        return Question.heldBy(viewer, questionId)
                .invoke(question -> question.requireMatch(ifMatch))
                .call(question -> QuestionOption.of(question)
                        .map(before -> question.edit(viewer.in(question.communityId), in, before.size()))
                        .call(() -> write(question, in.options()))
                        .chain(edited -> journal.record(viewer, edited)))
                .chain(answer::ok);
    }

    private static Uni<Void> write(Question question, @Nullable List<OptionText> options) {
        if (options == null) return Uni.createFrom().voidItem();
        return QuestionOption.store(question, QuestionOption.write(question, options));
    }

    /** Problems: {@code not-allowed}, {@code question-not-a-draft}, {@code if-match-required}, {@code stale}. */
    @DELETE
    @Authenticated
    @WithTransaction
    @Access(Permission.QUESTION_MANAGE)
    @Operation(operationId = "discardQuestion", summary = "Delete a question that was never opened")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "412", description = "It was changed meanwhile")
    @APIResponse(responseCode = "428", description = "If-Match is missing")
    public Uni<Void> discard(UUID questionId, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return Question.heldBy(viewer, questionId)
                .invoke(question -> question.requireMatch(ifMatch))
                .chain(question -> journal.record(viewer, question.discard(viewer.in(question.communityId)))
                        .chain(() -> QuestionOption.forget(question))
                        .chain(() -> question.delete()));
    }
}
