package org.townsquare.identity;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.townsquare.platform.Problem.TooMany;

/**
 * How often each API key may call this replica: a bucket of as many tokens as the key has a minute, which fills steadily. A bucket is kept as the time
 * when it is full again, so one that is full needs no memory.
 */
@Singleton
class KeyRates {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    /** Beyond so many keys the full buckets are forgotten. */
    private static final int MANY = 10_000;

    /** Beyond so many all are forgotten, which only forgives. */
    private static final int MOST = 100_000;

    private final ConcurrentHashMap<UUID, Long> fullAgain = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /** So many buckets are the next reason to look which of them are full: twice those that were not, so that looking costs little for each. */
    private volatile int nextLook = MANY;

    @Inject
    KeyRates() {
        this(System::nanoTime);
    }

    KeyRates(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Takes a token. Problems: {@code key-rate-exceeded}. */
    void take(UUID key, int perMinute) {
        long now = nanos.getAsLong();
        long token = MINUTE / perMinute;
        if (!fullAgain.containsKey(key)) makeRoom(now);
        fullAgain.compute(key, (same, before) -> {
            long missing = before == null ? 0 : Math.max(0, before - now);
            if (missing > MINUTE - token)
                throw new TooMany(
                        "key-rate-exceeded",
                        "This key may call " + perMinute + " times a minute.",
                        Duration.ofNanos(missing - (MINUTE - token)));
            return now + missing + token;
        });
    }

    /** For tests: how many buckets are in memory. */
    int kept() {
        return fullAgain.size();
    }

    private void makeRoom(long now) {
        if (fullAgain.size() < nextLook) return;
        fullAgain.values().removeIf(full -> full - now <= 0);
        if (fullAgain.size() >= MOST) fullAgain.clear();
        nextLook = Math.min(MOST, Math.max(MANY, 2 * fullAgain.size()));
    }
}
