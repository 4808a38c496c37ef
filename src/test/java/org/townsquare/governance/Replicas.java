package org.townsquare.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;

/** Jobs run beside each other, as several replicas run them. */
@Singleton
class Replicas {
    private final Vertx vertx;

    Replicas(Vertx vertx) {
        this.vertx = vertx;
    }

    CompletableFuture<Void> round(Supplier<Uni<Void>> job) {
        var context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        return Uni.createFrom()
                .deferred(() -> job.get())
                .runSubscriptionOn(task -> context.runOnContext(nothing -> task.run()))
                .subscribeAsCompletionStage();
    }

    /**
     * The rounds of those that waited while one of them, which had counted and written into this table what it came to, was killed before its commit.
     *
     * @param due makes it time to close
     */
    List<CompletableFuture<Void>> killedBetweenCountAndCommit(String table, Runnable due, Supplier<Uni<Void>> closer)
            throws SQLException {
        var rounds = new ArrayList<CompletableFuture<Void>>();
        // of all who wait to write a fact the one that has written the outcome: it has counted
        String counted =
                "from pg_stat_activity a where a.wait_event_type = 'Lock' and a.query like '%%journal_entry%%' and exists (select from pg_locks l where l.pid = a.pid and l.relation = '%s'::regclass and l.mode = 'RowExclusiveLock' and l.granted)"
                        .formatted(table);
        try (var blocking = Database.connect();
                var statement = blocking.createStatement()) {
            blocking.setAutoCommit(false);
            statement.execute("lock table journal_entry in share row exclusive mode");
            due.run();
            rounds.add(round(closer));
            Eventually.holds(() -> assertEquals(List.of("1"), Database.texts("select count(*) " + counted)));
            rounds.add(round(closer));
            rounds.add(round(closer));
            String waiting =
                    "select count(*) >= 2 from pg_stat_activity where wait_event_type = 'Lock' and query like 'select _.* from %s _%%for update%%'"
                            .formatted(table);
            Eventually.holds(() -> assertEquals(List.of("t"), Database.texts(waiting)));
            Database.texts("select pg_terminate_backend(a.pid) " + counted);
            blocking.commit();
        }
        return rounds;
    }
}
