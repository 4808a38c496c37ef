package org.townsquare.platform;

import io.smallrye.mutiny.Uni;
import java.util.Iterator;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;
import org.jspecify.annotations.Nullable;

/** The connection of a session, for statements of our own in its transaction. The one cast to Hibernate Reactive's own classes. */
public record SessionConnection(Mutiny.Session session) {
    /** How many rows it wrote. Does not flush the session. */
    public Uni<Integer> update(Statement statement, @Nullable Object... parameters) {
        return Uni.createFrom().completionStage(() -> connection().update(statement.sql(), parameters));
    }

    /** The rows that it found, column by column. */
    public Uni<Iterator<Object[]>> select(Statement statement, @Nullable Object... parameters) {
        return Uni.createFrom()
                .completionStage(() -> connection().select(statement.sql(), parameters))
                .map(found -> found);
    }

    private ReactiveConnection connection() {
        return ((MutinySessionImpl) session).getReactiveConnection();
    }
}
