package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Digest;
import org.townsquare.platform.LongRead;
import org.townsquare.platform.OwnTransaction;

@Path("/api/v1/questions/{questionId}/analytics.svg")
@Cancellable(false)
@Tag(name = "governance")
@Produces("image/svg+xml")
@PermitAll
class QuestionChartResource {
    private final Viewer viewer;
    private final LongRead reading;
    private final ShownCounts counts;

    QuestionChartResource(Viewer viewer, LongRead reading, ShownCounts counts) {
        this.viewer = viewer;
        this.reading = reading;
        this.counts = counts;
    }

    /** Problems: {@code not-found}, {@code results-sealed}. */
    @GET
    @OwnTransaction("it waits without one for a count that others share")
    @Access(Permission.QUESTION_READ)
    @Operation(
            operationId = "drawQuestionAnalytics",
            summary = "The counts as a chart of bars, as soon as they are disclosed")
    @APIResponse(responseCode = "200", description = "The chart")
    @APIResponse(responseCode = "403", description = "The counts are not disclosed yet")
    public Uni<RestResponse<String>> draw(UUID questionId) {
        return reading.within(() -> Question.visibleTo(viewer, questionId)
                        .invoke(Disclosure::requireCounts)
                        .chain(question -> QuestionOption.of(question).map(options -> new Asked(question, options))))
                .chain(asked -> counts.of(asked.question)
                        .map(count -> QuestionChart.of(
                                        asked.question, asked.options, Objects.requireNonNull(count.sheet()))
                                .svg()))
                .map(QuestionChartResource::answer);
    }

    private record Asked(Question question, List<QuestionOption> options) {}

    private static RestResponse<String> answer(String picture) {
        return RestResponse.ResponseBuilder.ok(picture)
                .header(
                        "ETag",
                        "\""
                                + Digest.sha256(picture.getBytes(StandardCharsets.UTF_8))
                                        .text() + "\"")
                .build();
    }
}
