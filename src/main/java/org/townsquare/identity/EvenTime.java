package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/** An answer that does not tell by its time what was found: it comes a tenth of a second after the request, and only later where the work took longer. */
@Singleton
class EvenTime {
    private static final Duration LEAST = Duration.ofMillis(100);

    <T> Uni<T> of(Supplier<Uni<T>> work) {
        long start = System.nanoTime();
        return work.get().call(() -> rest(start));
    }

    private static Uni<Void> rest(long start) {
        long left = LEAST.minusNanos(System.nanoTime() - start).toMillis();
        if (left <= 0) return Uni.createFrom().voidItem();
        Context context = Objects.requireNonNull(Vertx.currentContext(), "no context to answer on");
        return Uni.createFrom()
                .emitter(answer ->
                        context.owner().setTimer(left, fired -> context.runOnContext(on -> answer.complete(null))));
    }
}
