package org.townsquare.journal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Statement;

/**
 * Shows in health and metrics what stands in the way of everything that reads the journal: a transaction that stays open, behind which nobody may look, and
 * partitions that end. Never makes a replica unready.
 */
@Readiness
@ApplicationScoped
class JournalHealth implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(JournalHealth.class);
    private static final Statement STANDING = Statement.of(JournalHealth.class, "health.sql");
    private static final double LONG_SECONDS = 60;
    private static final double FEW_DAYS = 45;

    private final Pool pool;
    private final Clock clock;
    private volatile Standing last = new Standing(null, Instant.EPOCH, 0, Double.MAX_VALUE);

    /**
     * @param oldestWriter the oldest transaction that has written and is open, whoever's it is: its age only its own role may see, so it counts from when it
     *     was seen first
     * @param seconds since then
     * @param partitionDays for which there are partitions
     */
    private record Standing(@Nullable String oldestWriter, Instant since, double seconds, double partitionDays) {}

    JournalHealth(Pool pool, MeterRegistry metrics, Clock clock) {
        this.pool = pool;
        this.clock = clock;
        Gauge.builder("townsquare.journal.oldest.writer", this, it -> it.last.seconds)
                .description(
                        "The age of the oldest transaction that has written: no follower and no seal goes beyond it")
                .baseUnit("seconds")
                .register(metrics);
        Gauge.builder("townsquare.journal.partitions.ready", this, it -> it.last.partitionDays)
                .description("For how long there are partitions of the journal")
                .baseUnit("days")
                .register(metrics);
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return STANDING.run(pool)
                .map(rows -> rows.iterator().next())
                .invoke(row -> last = after(last, row.getString("oldest_writer"), row.getDouble("partition_days")))
                .onFailure()
                .invoke(e -> LOG.warnf("it is not known what stands in the way of the journal: %s", e.toString()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Standing after(Standing before, @Nullable String oldestWriter, double partitionDays) {
        Instant now = clock.instant();
        boolean isTheSame = oldestWriter != null && oldestWriter.equals(before.oldestWriter);
        Instant since = isTheSame ? before.since : now;
        return new Standing(oldestWriter, since, Duration.between(since, now).toMillis() / 1e3, partitionDays);
    }

    @Override
    public HealthCheckResponse call() {
        Standing now = last;
        return HealthCheckResponse.named("journal")
                .up()
                .withData("oldest writer seconds", Math.round(now.seconds))
                .withData("partition days", Math.round(Math.min(now.partitionDays, 9_999)))
                .withData("degraded", now.seconds > LONG_SECONDS || now.partitionDays < FEW_DAYS)
                .build();
    }
}
