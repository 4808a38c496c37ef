package org.townsquare.identity;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.townsquare.platform.InBackground;
import org.townsquare.platform.Statement;

/** Removes what has no meaning any more: counts that are over, tokens that have expired. Nothing waits for it. */
@ApplicationScoped
class IdentityPurge {
    private static final Logger LOG = Logger.getLogger(IdentityPurge.class);

    private static final List<Statement> STATEMENTS = List.of(
            part("throttle", "bucket", "window_start < clock_timestamp() - interval '25 hours'"),
            part("pending_sign_up", "id", "expires_at < clock_timestamp()"),
            part("verification", "id", "expires_at < clock_timestamp() - interval '30 days'"));

    private final Pool pool;

    IdentityPurge(Pool pool) {
        this.pool = pool;
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @InBackground
    Uni<Void> purge() {
        return Multi.createFrom()
                .iterable(STATEMENTS)
                .onItem()
                .transformToUniAndConcatenate(this::run)
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(e -> LOG.warnf("what is over waits to be removed: %s", e.toString()))
                .onFailure()
                .recoverWithNull();
    }

    /** Part after part. */
    private Uni<Void> run(Statement part) {
        return Multi.createBy()
                .repeating()
                .uni(() -> part.run(pool)
                        .map(RowSet::rowCount)
                        .ifNoItem()
                        .after(Duration.ofSeconds(30))
                        .fail())
                .whilst(gone -> gone > 0)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** A bounded part of what is over; a row that is in use is left for the next time. */
    private static Statement part(String table, String key, String over) {
        return new Statement("delete from " + table + " where " + key + " = any(array(select " + key + " from " + table
                + " where " + over + " limit 2000 for update skip locked))");
    }
}
