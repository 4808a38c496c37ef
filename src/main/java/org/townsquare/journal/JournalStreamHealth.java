package org.townsquare.journal;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A replica whose entries would come before those that are there takes no requests. */
@Readiness
@ApplicationScoped
class JournalStreamHealth implements HealthCheck {
    private final JournalStream stream;

    JournalStreamHealth(JournalStream stream) {
        this.stream = stream;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("journal-stream").status(!stream.isStale());
        if (stream.isStale()) answer.withData("reason", "journal-stream-stale");
        return answer.build();
    }
}
