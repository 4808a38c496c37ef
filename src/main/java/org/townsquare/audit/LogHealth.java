package org.townsquare.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.JournalOrder;
import org.townsquare.journal.Place;
import org.townsquare.platform.Statement;

/** Shows in health and metrics how far the log is sealed and published, and why it is not. Never makes a replica unready: the service goes on unsealed. */
@Readiness
@ApplicationScoped
class LogHealth implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(LogHealth.class);
    private static final Statement STANDING = Statement.of(LogHealth.class, "standing.sql");
    private static final double LATE_SECONDS = 60;
    private static final double UNPUBLISHED_SECONDS = 600;

    private final Pool pool;
    private final LogState state;
    private volatile Standing last = new Standing(0, 0, 0);

    /**
     * @param lagSeconds the age of the oldest entry that is not sealed
     * @param unpublishedSeconds the age of the oldest checkpoint that is not published
     */
    private record Standing(long size, double lagSeconds, double unpublishedSeconds) {}

    LogHealth(Pool pool, LogState state, MeterRegistry metrics) {
        this.pool = pool;
        this.state = state;
        Gauge.builder("townsquare.log.size", this, it -> it.last.size)
                .description("Entries that are sealed")
                .register(metrics);
        Gauge.builder("townsquare.log.seal.lag", this, it -> it.last.lagSeconds)
                .description("The age of the oldest entry that is not sealed")
                .baseUnit("seconds")
                .register(metrics);
        Gauge.builder("townsquare.log.unpublished", this, it -> it.last.unpublishedSeconds)
                .description("The age of the oldest checkpoint that is not published")
                .baseUnit("seconds")
                .register(metrics);
        for (LogAlarm alarm : LogAlarm.values())
            Gauge.builder("townsquare.log.alarm", state, it -> it.alarm() == alarm ? 1 : 0)
                    .description("1 while nothing is sealed for this reason")
                    .tags(Tags.of("reason", alarm.code()))
                    .register(metrics);
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return STANDING.run(pool)
                .map(rows -> rows.iterator().next())
                .chain(row -> JournalOrder.lagSeconds(pool, Place.of(row, "entry_id"))
                        .invoke(lag -> last =
                                new Standing(row.getLong("size"), lag, orZero(row.getDouble("unpublished_seconds")))))
                .onFailure()
                .invoke(e -> LOG.warnf("it is not known how far the log is: %s", e.toString()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private static double orZero(@Nullable Double seconds) {
        return seconds == null ? 0 : seconds;
    }

    @Override
    public HealthCheckResponse call() {
        LogAlarm alarm = state.alarm();
        Standing now = last;
        var health = HealthCheckResponse.named("log")
                .up()
                .withData("size", now.size)
                .withData("lag seconds", Math.round(now.lagSeconds))
                .withData(
                        "degraded",
                        alarm != null || now.lagSeconds > LATE_SECONDS || now.unpublishedSeconds > UNPUBLISHED_SECONDS);
        if (alarm != null) health.withData("alarm", alarm.code());
        return health.build();
    }
}
