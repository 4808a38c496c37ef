package org.townsquare.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Which transactions are done again, and how often. */
class GivenWayTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final AtomicInteger attempts = new AtomicInteger();

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Fails so many times like this. */
    private int of(int failures, String state) {
        return VERTX.<Integer>executeBlocking(() -> 0)
                .compose(nothing -> io.vertx.core.Future.<Integer>future(result -> VERTX.getOrCreateContext()
                        .runOnContext(here -> {
                            var unused = GivenWay.repeated(() -> attempts.incrementAndGet() > failures
                                            ? Uni.createFrom().item(attempts.get())
                                            : Uni.createFrom()
                                                    .<Integer>failure(
                                                            new PgException("gave way", "ERROR", state, "detail")))
                                    .subscribe()
                                    .with(result::complete, result::fail);
                        })))
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(Duration.ofSeconds(10).toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }

    @Test
    void who_gave_way_is_done_again_three_times_at_most() {
        assertEquals(4, of(3, "40P01"));
        attempts.set(0);
        assertEquals(2, of(1, "40001"));
        attempts.set(0);
        assertThrows(CompletionException.class, () -> of(4, "40P01"));
        assertEquals(4, attempts.get());
    }

    @Test
    void what_failed_otherwise_is_not() {
        assertThrows(CompletionException.class, () -> of(9, "08006"));
        assertThrows(CompletionException.class, () -> of(9, "23505"));
        assertEquals(2, attempts.get());
    }
}
