package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.RequestScoped;
import java.time.Clock;
import org.jboss.resteasy.reactive.RestResponse;
import org.townsquare.communities.Viewer;

/** How a question is shown to the viewer, by two more queries. */
@RequestScoped
class QuestionAnswer {
    private final Viewer viewer;
    private final Clock clock;

    QuestionAnswer(Viewer viewer, Clock clock) {
        this.viewer = viewer;
        this.clock = clock;
    }

    Uni<RestResponse<QuestionView>> ok(Question question) {
        return with(RestResponse.Status.OK, question);
    }

    Uni<RestResponse<QuestionView>> with(RestResponse.Status status, Question question) {
        return Question.standing(question, viewer)
                .chain(standing -> QuestionOption.of(question)
                        .map(options -> QuestionView.of(
                                question, options, seen(standing), viewer.in(question.communityId), clock.instant())))
                .map(view -> RestResponse.ResponseBuilder.create(status, view)
                        .header("ETag", question.etag())
                        .build());
    }

    /** Whoever acts as another sees neither their ballot nor that they have one. */
    private QuestionStanding seen(QuestionStanding standing) {
        return viewer.isImpersonated() ? standing.withoutBallot() : standing;
    }
}
