package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Member;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.LongRead;
import org.townsquare.platform.OwnTransaction;

@Path("/api/v1/questions/{questionId}/analytics")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class QuestionAnalyticsResource {
    private final Viewer viewer;
    private final LongRead reading;
    private final ShownCounts counts;

    QuestionAnalyticsResource(Viewer viewer, LongRead reading, ShownCounts counts) {
        this.viewer = viewer;
        this.reading = reading;
        this.counts = counts;
    }

    /** Problems: {@code not-found}, {@code question-not-opened}. */
    @GET
    @OwnTransaction("it waits without one for a count that others share")
    @Access(Permission.QUESTION_READ)
    @Operation(
            operationId = "readQuestionAnalytics",
            summary = "Who took part, for members at any time; what they said, as soon as it is disclosed")
    @APIResponse(
            responseCode = "200",
            description = "The figures",
            content = @Content(schema = @Schema(implementation = QuestionAnalytics.class)))
    public Uni<QuestionAnalytics> read(UUID questionId) {
        return reading.within(() -> Question.visibleTo(viewer, questionId)
                        .invoke(Question::requireOpened)
                        .chain(question -> Electorate.of(question).map(electorate -> new Opened(question, electorate))))
                .chain(this::figures);
    }

    private record Opened(Question question, Electorate electorate) {}

    private Uni<QuestionAnalytics> figures(Opened opened) {
        Member member = viewer.in(opened.question.communityId);
        if (!Disclosure.showsCounts(opened.question) && !Disclosure.showsTurnout(opened.question, member))
            return Uni.createFrom().item(QuestionAnalytics.NOTHING);
        return counts.of(opened.question)
                .map(count -> QuestionAnalytics.of(opened.question, opened.electorate, count, member));
    }
}
