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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OncePerKey;

@Path("/api/v1/questions/{questionId}/cancellation")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class QuestionCancellationResource {
    private final Viewer viewer;
    private final QuestionClosing closing;
    private final QuestionAnswer answer;

    QuestionCancellationResource(Viewer viewer, QuestionClosing closing, QuestionAnswer answer) {
        this.viewer = viewer;
        this.closing = closing;
        this.answer = answer;
    }

    /** Problems: {@code question-not-open}, {@code cancel-not-allowed}, {@code voting-closed}, {@code tally-mismatch}. */
    @POST
    @OncePerKey
    @WithTransaction
    @Access(Permission.QUESTION_CANCEL)
    @Operation(operationId = "cancelQuestion", summary = "End the question without an outcome")
    @APIResponse(responseCode = "200", description = "The question, cancelled")
    public Uni<RestResponse<QuestionView>> cancel(UUID questionId, @Valid CancelQuestion in) {
        return closing.cancel(viewer, questionId, in).chain(answer::ok);
    }
}
