package org.townsquare.governance;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Whether every vote adds up. Says nothing of this replica: it shall neither be restarted nor taken out. */
@Wellness
@ApplicationScoped
class TallyHealth implements HealthCheck {
    private final Closer closer;
    private final QuestionCloser questions;

    TallyHealth(Closer closer, QuestionCloser questions) {
        this.closer = closer;
        this.questions = questions;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("tally-mismatch");
        name(answer, "proposals", closer.mismatched());
        name(answer, "questions", questions.mismatched());
        return answer.status(
                        closer.mismatched().isEmpty() && questions.mismatched().isEmpty())
                .build();
    }

    private static void name(HealthCheckResponseBuilder answer, String what, List<UUID> ids) {
        if (!ids.isEmpty())
            answer.withData(what, ids.stream().map(UUID::toString).collect(Collectors.joining(" ")));
    }
}
