package org.townsquare.identity;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.townsquare.platform.Buckets;
import org.townsquare.platform.Problem.TooMany;

/** How often each API key may call this replica: a bucket of as many tokens as the key has a minute, which fills steadily. */
@Singleton
class KeyRates {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Buckets<UUID> buckets;

    @Inject
    KeyRates() {
        this(System::nanoTime);
    }

    KeyRates(LongSupplier nanos) {
        buckets = new Buckets<>(nanos);
    }

    /** Takes a token. Problems: {@code key-rate-exceeded}. */
    void take(UUID key, int perMinute) {
        Duration wait = buckets.take(key, perMinute, MINUTE);
        if (!wait.isZero())
            throw new TooMany("key-rate-exceeded", "This key may call " + perMinute + " times a minute.", wait);
    }

    /** For tests: how many buckets are in memory. */
    int kept() {
        return buckets.kept();
    }
}
