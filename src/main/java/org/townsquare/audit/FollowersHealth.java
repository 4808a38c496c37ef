package org.townsquare.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.townsquare.journal.Followers;
import org.townsquare.journal.Followers.Standing;

/** Shows in health and metrics how far the followers are behind and what they set aside. Never makes a replica unready. */
@Readiness
@ApplicationScoped
class FollowersHealth implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(FollowersHealth.class);
    private static final double LATE_SECONDS = 60;

    private final Followers followers;
    private final MultiGauge lag;
    private final MultiGauge dead;
    private volatile List<Standing> last = List.of();

    FollowersHealth(Followers followers, MeterRegistry metrics) {
        this.followers = followers;
        lag = MultiGauge.builder("townsquare.follower.lag")
                .description("The age of the oldest entry that a follower has not seen")
                .baseUnit("seconds")
                .register(metrics);
        dead = MultiGauge.builder("townsquare.follower.dead.entries")
                .description("Entries that a follower has set aside")
                .register(metrics);
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return followers
                .standing()
                .invoke(this::show)
                .onFailure()
                .invoke(e -> LOG.warnf("it is not known how far the followers are: %s", e.toString()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private void show(List<Standing> standing) {
        last = standing;
        lag.register(
                standing.stream()
                        .map(it -> MultiGauge.Row.of(Tags.of("follower", it.name()), it.lagSeconds()))
                        .toList(),
                true);
        dead.register(
                standing.stream()
                        .map(it -> MultiGauge.Row.of(Tags.of("follower", it.name()), it.dead()))
                        .toList(),
                true);
    }

    @Override
    public HealthCheckResponse call() {
        var health = HealthCheckResponse.named("followers").up();
        boolean degraded = false;
        for (Standing it : last) {
            degraded |= it.lagSeconds() > LATE_SECONDS || it.dead() > 0;
            health.withData(it.name() + " lag seconds", Math.round(it.lagSeconds()))
                    .withData(it.name() + " dead entries", it.dead());
        }
        return health.withData("degraded", degraded).build();
    }
}
