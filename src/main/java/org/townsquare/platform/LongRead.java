package org.townsquare.platform;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;

/** A read that takes longer than a request may: {@code townsquare.request.export-deadline}. */
@Singleton
public class LongRead {
    private final CurrentVertxRequest current;
    private final Duration limit;

    LongRead(CurrentVertxRequest current, RequestConfig config) {
        this.current = current;
        this.limit = config.exportDeadline();
    }

    /** In a session, and in a transaction since the database's own limit is one of a transaction. Problems: {@code deadline-exceeded}. */
    public <T> Uni<T> within(Supplier<Uni<T>> work) {
        Deadline.begin(current.getCurrent(), limit);
        return Deadline.of(current.getCurrent())
                .bound(() ->
                        Panache.withTransaction(() -> TimeLimit.extended(limit).chain(session -> work.get())));
    }
}
