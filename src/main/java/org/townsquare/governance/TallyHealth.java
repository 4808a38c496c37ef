package org.townsquare.governance;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Whether every vote adds up. Says nothing of this replica: it shall neither be restarted nor taken out. */
@Wellness
@ApplicationScoped
class TallyHealth implements HealthCheck {
    private final Closer closer;

    TallyHealth(Closer closer) {
        this.closer = closer;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("tally-mismatch")
                .status(closer.mismatched().isEmpty());
        if (!closer.mismatched().isEmpty())
            answer.withData(
                    "proposals",
                    closer.mismatched().stream().map(UUID::toString).collect(Collectors.joining(" ")));
        return answer.build();
    }
}
