package org.townsquare.platform;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * How long a request may take. Whichever comes first decides, once: the timer, after which the caller is refused and the work can no longer commit; or the
 * work, when it is about to commit, after which the caller is told what becomes of it, however long that takes. The work is never cancelled.
 */
public final class Deadline {
    private static final Logger LOG = Logger.getLogger(Deadline.class);
    private static final String KNOWN = "townsquare.deadline";

    /** Nanoseconds after which a timer has run, too. */
    private static final long SLACK = Duration.ofMillis(500).toNanos();

    private enum State {
        OPEN,
        COMMITTING,
        EXPIRED
    }

    private final HttpServerResponse response;
    private final long end;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    private Deadline(HttpServerResponse response, Duration limit) {
        this.response = response;
        this.end = System.nanoTime() + limit.toNanos();
    }

    static void begin(RoutingContext request, Duration limit) {
        request.put(KNOWN, new Deadline(request.response(), limit));
    }

    public static Deadline of(RoutingContext request) {
        return request.get(KNOWN);
    }

    /** Answers as the work does, or with the problem {@code deadline-exceeded} at the deadline. */
    public <T> Uni<T> bound(Supplier<Uni<T>> work) {
        return Uni.createFrom().emitter(answer -> {
            long left = Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis());
            Context context = Vertx.currentContext();
            long timer = context.owner().setTimer(left, id -> {
                if (expire()) answer.fail(exceeded());
            });
            var unused = work.get()
                    .subscribe()
                    .with(
                            item -> {
                                boolean inTime = context.owner().cancelTimer(timer);
                                if (inTime || state.get() != State.EXPIRED) answer.complete(item);
                            },
                            e -> {
                                context.owner().cancelTimer(timer);
                                if (state.get() == State.EXPIRED) LOG.debugf(e, "work after its deadline ended");
                                else answer.fail(e);
                            });
        });
    }

    /** Nothing commits from now on, unless something is about to. */
    boolean expire() {
        return state.compareAndSet(State.OPEN, State.EXPIRED);
    }

    /** Whatever it bounds has been answered by now, or is about to commit. */
    boolean isOver() {
        return System.nanoTime() - end > SLACK;
    }

    /**
     * The work in its transaction, which is there once it has a connection: not begun for a caller who hung up while it waited for one, and not committed
     * for one who was refused meanwhile. Problems: {@code deadline-exceeded}, where the caller was told so.
     */
    <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
        // an answer that nobody gets
        if (response.closed()) return Uni.createFrom().failure(new Problem.Busy());
        return work.get().invoke(this::commit);
    }

    private void commit() {
        if (!state.compareAndSet(State.OPEN, State.COMMITTING) && state.get() == State.EXPIRED) throw exceeded();
    }

    static Problem exceeded() {
        return new Problem.Busy("deadline-exceeded", "It took too long, and nothing was done: try again in a moment.");
    }
}
