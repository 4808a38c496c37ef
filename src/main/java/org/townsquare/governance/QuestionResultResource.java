package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;

@Path("/api/v1/questions/{questionId}/result")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class QuestionResultResource {
    private final Viewer viewer;

    QuestionResultResource(Viewer viewer) {
        this.viewer = viewer;
    }

    /** Problems: {@code not-found}, {@code results-sealed}. */
    @GET
    @WithSession
    @Access(Permission.QUESTION_READ)
    @Operation(
            operationId = "readResult",
            summary = "What a question came to, with every step of the count, after the close")
    @APIResponse(responseCode = "200", description = "The result")
    @APIResponse(responseCode = "403", description = "It is not closed")
    public Uni<QuestionResult> read(UUID questionId) {
        return Question.visibleTo(viewer, questionId)
                .invoke(Disclosure::requireResult)
                .map(question -> Objects.requireNonNull(question.outcome()));
    }
}
