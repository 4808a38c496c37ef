package org.townsquare.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.townsquare.platform.Problem.TooMany;

class KeyRatesTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final KeyRates rates = new KeyRates(now::get);
    private final UUID key = new UUID(0, 7);

    private void later(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void a_bucket_holds_as_many_as_a_minute_has_and_fills_steadily() {
        for (int i = 0; i < 60; i++) rates.take(key, 60);
        assertEquals(1, assertThrows(TooMany.class, () -> rates.take(key, 60)).retryAfter());
        later(Duration.ofMillis(999));
        assertThrows(TooMany.class, () -> rates.take(key, 60));
        later(Duration.ofMillis(1));
        rates.take(key, 60);
        assertThrows(TooMany.class, () -> rates.take(key, 60));
        later(Duration.ofHours(1));
        for (int i = 0; i < 60; i++) rates.take(key, 60);
        assertThrows(TooMany.class, () -> rates.take(key, 60));
    }

    @Test
    void one_a_minute_says_when_the_next_is() {
        rates.take(key, 1);
        later(Duration.ofSeconds(15));
        var refusal = assertThrows(TooMany.class, () -> rates.take(key, 1));
        assertEquals(45, refusal.retryAfter());
        assertEquals("key-rate-exceeded", refusal.code);
    }

    @Test
    void keys_do_not_share_a_bucket() {
        rates.take(key, 1);
        rates.take(new UUID(0, 8), 1);
    }

    @Test
    void memory_is_bounded() {
        for (int i = 0; i < 50_000; i++) {
            rates.take(new UUID(1, i), 600);
            later(Duration.ofMillis(1));
        }
        assertTrue(rates.kept() <= 10_000, rates.kept() + " buckets");
        for (int i = 0; i < 250_000; i++) rates.take(new UUID(2, i), 1);
        assertTrue(rates.kept() <= 100_000, rates.kept() + " buckets");
    }
}
