package org.townsquare.platform;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How often each of many may do something at this replica: buckets of tokens that fill steadily. A bucket is kept as the time when it is full again, so
 * one that is full needs no memory.
 */
public final class Buckets<K> {
    /** Beyond so many the full buckets are forgotten. */
    private static final int MANY = 10_000;

    /** Beyond so many all are forgotten, which only forgives. */
    private static final int MOST = 100_000;

    private final ConcurrentHashMap<K, Long> fullAgain = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /** So many buckets are the next reason to look which of them are full: twice those that were not, so that looking costs little for each. */
    private volatile int nextLook = MANY;

    public Buckets(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Takes a token; the time until there is one again, zero where it was taken.
     *
     * @param size of a full bucket
     * @param fills how long an empty one takes to be full
     */
    @CanIgnoreReturnValue
    public Duration take(K key, int size, Duration fills) {
        long now = nanos.getAsLong();
        if (!fullAgain.containsKey(key)) makeRoom(now);
        long token = fills.toNanos() / size;
        long[] wait = {0};
        fullAgain.compute(key, (same, before) -> {
            long missing = missing(before, now);
            wait[0] = missing - (fills.toNanos() - token);
            return wait[0] > 0 ? before : Long.valueOf(now + missing + token);
        });
        return Duration.ofNanos(Math.max(0, wait[0]));
    }

    /** The time until there is a token; takes none. */
    public Duration untilNext(K key, int size, Duration fills) {
        long most = fills.toNanos() - fills.toNanos() / size;
        return Duration.ofNanos(Math.max(0, missing(fullAgain.get(key), nanos.getAsLong()) - most));
    }

    /** How many are in memory. */
    public int kept() {
        return fullAgain.size();
    }

    private static long missing(@Nullable Long fullAgain, long now) {
        return fullAgain == null ? 0 : Math.max(0, fullAgain - now);
    }

    private void makeRoom(long now) {
        if (fullAgain.size() < nextLook) return;
        fullAgain.values().removeIf(full -> full - now <= 0);
        if (fullAgain.size() >= MOST) fullAgain.clear();
        nextLook = Math.min(MOST, Math.max(MANY, 2 * fullAgain.size()));
    }
}
