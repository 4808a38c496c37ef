package org.townsquare.platform;

import io.quarkus.runtime.Startup;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks every two seconds whether the database answers within one ({@code townsquare.database.answers-within}), by a connection of its own: a pool in which everybody waits says nothing about the
 * database. Where it does not, asked twice, requests are refused at once ({@link Admission}) and the replica is not ready, until it answers again.
 */
@Startup
@Singleton
class DatabaseWatch {
    private static final Logger LOG = Logger.getLogger(DatabaseWatch.class);
    private static final long EVERY_MILLIS = 2_000;

    private final Vertx vertx;
    private final Connections connections;
    private final Duration limit;
    private final Context here;
    private final long timer;
    private final DatabaseState state;

    /** On one event loop alone. */
    private @Nullable SqlConnection connection;

    private boolean asking;

    /** @param pool which opens the connections: it has to be there first */
    DatabaseWatch(Vertx vertx, Connections connections, DatabaseState state, DatabaseConfig config, Pool pool) {
        this.vertx = vertx;
        this.connections = connections;
        this.state = state;
        // asked for, it is made
        var unused = pool.size();
        limit = config.answersWithin();
        here = vertx.getOrCreateContext();
        timer = vertx.setPeriodic(EVERY_MILLIS, tick -> here.runOnContext(nothing -> look()));
        here.runOnContext(nothing -> look());
    }

    private void look() {
        if (asking) return;
        asking = true;
        ask().recover(e -> ask()).onComplete(asked -> {
            asking = false;
            judge(asked.cause());
        });
    }

    private void judge(@Nullable Throwable e) {
        if (e == null) {
            if (state.isAway()) LOG.info("the database answers again");
            state.answers();
            connections.lines().found();
        } else if (state.wasHere()) {
            if (state.isHere()) LOG.warnf("the database does not answer: %s", e.toString());
            state.doesNotAnswer();
            connections.lines().lost();
        }
    }

    /** Once; on a new connection where there is none. A connection that does not answer is closed. */
    private Future<Void> ask() {
        SqlConnection known = connection;
        // a future that is there already would have no context, and its limit another thread
        return (known == null ? opened().compose(DatabaseWatch::answer) : answer(known))
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(e -> close());
    }

    private static Future<Void> answer(SqlConnection line) {
        return line.query("select 1").execute().mapEmpty();
    }

    private Future<SqlConnection> opened() {
        return connections.open(here).onSuccess(it -> {
            // one that was given up may be opened after all
            close();
            connection = it;
            it.closeHandler(closed -> {
                if (connection == it) connection = null;
            });
        });
    }

    private void close() {
        SqlConnection old = connection;
        connection = null;
        if (old != null) Lines.cut(old);
    }

    @PreDestroy
    void stop() {
        vertx.cancelTimer(timer);
        here.runOnContext(nothing -> close());
    }
}
