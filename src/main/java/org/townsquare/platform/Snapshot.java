package org.townsquare.platform;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A long read whose pages all show one instant: a REPEATABLE READ transaction, which holds a connection as long as its reader takes. So it has one of a
 * pool of its own, of which there are few ({@code townsquare.request.exports-at-once}), and none lasts longer than {@code townsquare.request.export-deadline}.
 */
@Singleton
public class Snapshot {
    private static final Statement BEGIN = Statement.of(Snapshot.class, "begin-snapshot.sql");

    private final Pool pool;
    private final Duration limit;
    private final int most;
    private final AtomicInteger running = new AtomicInteger();

    Snapshot(Connections connections, RequestConfig config) {
        this.pool = Pool.newInstance(connections.reports());
        this.limit = config.exportDeadline();
        this.most = config.exportsAtOnce();
    }

    /** Before anything is done for a read that would be refused. Problems: {@code busy}. */
    public void requireRoom() {
        if (running.get() >= most) throw new Problem.Busy();
    }

    /** Reads as fast as its items are taken; one that is broken off ends with an error, never as if it were whole. Problems: {@code busy}. */
    public <T> Multi<T> read(Function<SqlConnection, Multi<T>> work) {
        return Multi.createFrom()
                .resourceFromUni(this::begin, held -> work.apply(held.connection()))
                .withFinalizer(this::end);
    }

    private Uni<Held> begin() {
        if (running.incrementAndGet() > most) {
            running.decrementAndGet();
            return Uni.createFrom().failure(new Problem.Busy());
        }
        return pool.getConnection()
                .chain(connection -> connection
                        .begin()
                        .chain(transaction -> connection
                                .query("set transaction isolation level repeatable read, read only")
                                .execute()
                                .chain(() -> BEGIN.run(connection, limit.toMillis() + "ms"))
                                .replaceWith(new Held(connection, transaction)))
                        .onFailure()
                        .call(connection::close))
                .onFailure()
                .invoke(running::decrementAndGet);
    }

    private Uni<Void> end(Held held) {
        return held.transaction()
                .rollback()
                .onFailure()
                .recoverWithNull()
                .chain(() -> held.connection().close())
                .onFailure()
                .recoverWithNull()
                .onTermination()
                .invoke(running::decrementAndGet);
    }

    private record Held(SqlConnection connection, Transaction transaction) {}
}
