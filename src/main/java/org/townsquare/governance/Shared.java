package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What takes long to work out, and many ask for: whoever asks while it is being worked out waits for that, and for a while afterwards is told the same
 * again. The while is ten times as long as the work took, so that at most a tenth of the time is spent on it however many ask.
 */
final class Shared<K, V> {
    private static final int TIMES = 10;

    /** So many are remembered. Beyond it all are forgotten, which costs their work once more. */
    private static final int MOST = 100;

    private final Map<K, Kept<V>> kept = new ConcurrentHashMap<>();
    private final long least;
    private final LongSupplier nanos;

    /**
     * @param least how long something is told again at least; zero: nothing is, once it is worked out
     * @param nanos a clock that never goes back
     */
    Shared(Duration least, LongSupplier nanos) {
        this.least = least.toNanos();
        this.nanos = nanos;
    }

    /** What the work comes to, begun by the first who subscribes. A failure is told to all who wait for it, and not kept. */
    Uni<V> get(K key, Supplier<Uni<V>> work) {
        if (kept.size() >= MOST && !kept.containsKey(key)) makeRoom();
        return kept.compute(
                        key,
                        (same, before) ->
                                before != null && before.isTold(nanos.getAsLong()) ? before : begin(key, work))
                .value;
    }

    private Kept<V> begin(K key, Supplier<Uni<V>> work) {
        return new Kept<>(begun -> Uni.createFrom()
                .deferred(() -> {
                    long from = nanos.getAsLong();
                    return work.get().invoke(() -> {
                        long now = nanos.getAsLong();
                        begun.end(least == 0 ? now : now + Math.max(least, TIMES * (now - from)));
                    });
                })
                .onFailure()
                .invoke(() -> kept.remove(key, begun)));
    }

    private void makeRoom() {
        long now = nanos.getAsLong();
        kept.values().removeIf(it -> !it.isTold(now));
        if (kept.size() >= MOST) kept.clear();
    }

    private static final class Kept<V> {
        private final Uni<V> value;
        private volatile boolean working = true;
        private volatile long until;

        Kept(Function<Kept<V>, Uni<V>> work) {
            value = work.apply(this).memoize().indefinitely();
        }

        void end(long until) {
            this.until = until;
            working = false;
        }

        boolean isTold(long now) {
            return working || until - now > 0;
        }
    }
}
