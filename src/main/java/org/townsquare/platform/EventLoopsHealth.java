package org.townsquare.platform;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * A replica lives as long as the timers of its event loops are answered within two seconds. Never asks the database: an outage must not restart every
 * replica.
 */
@Liveness
@ApplicationScoped
class EventLoopsHealth implements HealthCheck {
    private static final Duration BEAT = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final AtomicLongArray beats;
    private final List<Future<?>> timers = new ArrayList<>();

    EventLoopsHealth(Vertx vertx) {
        var loops = new ArrayList<EventExecutor>();
        vertx.nettyEventLoopGroup().forEach(loops::add);
        beats = new AtomicLongArray(loops.size());
        for (int i = 0; i < loops.size(); i++) {
            int loop = i;
            beats.set(loop, System.nanoTime());
            timers.add(loops.get(loop)
                    .scheduleAtFixedRate(
                            () -> beats.set(loop, System.nanoTime()), 0, BEAT.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    @Override
    public HealthCheckResponse call() {
        long now = System.nanoTime();
        int stuck = 0;
        for (int i = 0; i < beats.length(); i++)
            if (now - beats.get(i) > LIMIT.plus(BEAT).toNanos()) stuck++;
        var health = HealthCheckResponse.named("event-loops").status(stuck == 0);
        if (stuck > 0) health.withData("stuck", stuck);
        return health.build();
    }

    @PreDestroy
    void stop() {
        timers.forEach(it -> it.cancel(false));
    }
}
