package org.townsquare.platform;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What followers and jobs may take from requests: four of them work at a time, so they hold four connections, and none begins while a request waits for a
 * connection. That pause has an end: after half a minute one begins each second, however many wait.
 */
@Singleton
public class Background {
    private static final int AT_ONCE = 4;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final long LOOK_MILLIS = 100;

    private final BooleanSupplier requestsWait;
    private final LongSupplier nanos;

    /** Those whose turn has not come, oldest first. */
    private final Deque<Turn> waiting = new ArrayDeque<>();

    private int working;
    private boolean stopping;
    private boolean pausing;
    private long pausedSince;
    private long lastBegun;

    @Inject
    Background(Vertx vertx, MeterRegistry metrics, Batching batching) {
        this(() -> waitingIn(metrics) > 0 || batching.isHeldUp(), System::nanoTime);
        Gauge.builder("townsquare.background.paused", this, it -> it.requestsWait.getAsBoolean() ? 1 : 0)
                .description("1 while followers and jobs pause, because a request waits for a connection")
                .register(metrics);
        vertx.setPeriodic(LOOK_MILLIS, tick -> begin());
    }

    Background(BooleanSupplier requestsWait, LongSupplier nanos) {
        this.requestsWait = requestsWait;
        this.nanos = nanos;
    }

    /** As the client of the database counts them. */
    static double waitingIn(MeterRegistry metrics) {
        Gauge queue = metrics.find("sql.pool.queue.size")
                .tag("pool.name", Connections.POOL)
                .gauge();
        return queue == null ? 0 : queue.value();
    }

    /** One at work, or waiting for its turn. */
    private record Turn(@Nullable Duration longestPause, long since, Executor where, Runnable begins) {}

    /** A batch of a follower or a round of a job, when its turn has come. Nobody may cancel it. */
    public <T> Uni<T> run(Supplier<Uni<T>> work) {
        return run(null, work);
    }

    /** The same for what does not wait longer than this, whoever else waits, unless four are at work. */
    public <T> Uni<T> run(@Nullable Duration longestPause, Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .<Boolean>emitter(turn -> {
                    enqueue(new Turn(longestPause, nanos.getAsLong(), here(), () -> turn.complete(true)));
                    begin();
                })
                .chain(turn ->
                        Uni.createFrom().deferred(work::get).onTermination().invoke(this::end));
    }

    /** The caller's context, where its session is found again. */
    private static Executor here() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(nothing -> task.run());
    }

    private synchronized void enqueue(Turn turn) {
        waiting.add(turn);
    }

    private void end() {
        synchronized (this) {
            working--;
        }
        begin();
    }

    /** Whoever may begin now; also asked by the clock. */
    void begin() {
        for (Turn next = next(); next != null; next = next()) next.where.execute(next.begins);
    }

    private synchronized @Nullable Turn next() {
        long now = nanos.getAsLong();
        boolean paused = requestsWait.getAsBoolean();
        if (paused && !pausing) pausedSince = now;
        pausing = paused;
        if (stopping || working == AT_ONCE) return null;
        Turn next = paused ? urgent(now) : waiting.peek();
        if (next == null) return null;
        waiting.remove(next);
        working++;
        lastBegun = now;
        return next;
    }

    private @Nullable Turn urgent(long now) {
        for (Turn turn : waiting)
            if (turn.longestPause != null && now - turn.since >= turn.longestPause.toNanos()) return turn;
        boolean longEnough = now - pausedSince >= LONGEST_PAUSE.toNanos() && now - lastBegun >= PACE.toNanos();
        return longEnough ? waiting.peek() : null;
    }

    /** When readiness falls: what is at work ends, nothing begins. */
    void stop(@Observes ShutdownDelayInitiatedEvent stops) {
        stop();
    }

    void stop(@Observes ShutdownEvent end) {
        stop();
    }

    private synchronized void stop() {
        stopping = true;
        waiting.clear();
    }
}
