package org.townsquare.platform;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;

/** A read that takes longer than a request may: it has a minute. */
@Singleton
public class LongRead {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final CurrentVertxRequest current;

    LongRead(CurrentVertxRequest current) {
        this.current = current;
    }

    /** In a session, and in a transaction since the database's own limit is one of a transaction. Problems: {@code deadline-exceeded}. */
    public <T> Uni<T> within(Supplier<Uni<T>> work) {
        Deadline.begin(current.getCurrent(), LIMIT);
        return Deadline.of(current.getCurrent())
                .bound(() -> Panache.withTransaction(() -> TimeLimit.extended().chain(session -> work.get())));
    }
}
