package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.townsquare.journal.Actor;
import org.townsquare.journal.Journal;
import org.townsquare.platform.DueRows;
import org.townsquare.platform.InBackground;
import org.townsquare.platform.Problem;
import org.townsquare.platform.Statement;

/** Does to accounts what is due, each in a transaction of its own. Several replicas may do so at once: the row decides, and the second finds nothing to do. */
@ApplicationScoped
class DueAccounts {
    private static final Logger LOG = Logger.getLogger(DueAccounts.class);

    private static final DueRows ERASURES = new DueRows(
            "select id, erase_at as closes_at from users where erase_at is not null and status <> 'ERASED' and erase_at <= clock_timestamp() "
                    + "and (erase_at, id) > ($1::timestamptz, $2::uuid) order by erase_at, id limit $3::int");

    private static final DueRows IMPERSONATIONS = new DueRows(
            "select id, expires_at as closes_at, user_id, impersonated_by from session where impersonated_by is not null and ended_at is null "
                    + "and expires_at <= clock_timestamp() and (expires_at, id) > ($1::timestamptz, $2::uuid) order by expires_at, id limit $3::int");

    private static final Statement RUN_OUT = new Statement(
            "update session set ended_at = expires_at, version = version + 1, updated_at = clock_timestamp() "
                    + "where id = $1 and ended_at is null");

    private static final Statement PURGE = Statement.of(DueAccounts.class, "purge-credentials.sql");

    private final Pool pool;
    private final Journal journal;
    private final Erasure erasure;

    /** Whose erasure was refused the last time. */
    private volatile Set<UUID> refused = Set.of();

    DueAccounts(Pool pool, Journal journal, Erasure erasure) {
        this.pool = pool;
        this.journal = journal;
        this.erasure = erasure;
    }

    @Scheduled(every = "${townsquare.accounts.due-poll}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @InBackground
    Uni<Void> run() {
        return endImpersonations()
                .chain(this::erase)
                .onFailure()
                .invoke(e -> LOG.warnf("due accounts wait: %s", e.toString()))
                .onFailure()
                .recoverWithNull();
    }

    /** One that a feature refuses waits, and is tried again; it is told once. */
    private Uni<Void> erase() {
        var now = new HashSet<UUID>();
        return ERASURES.each(pool, row -> Panache.withTransaction(() -> erasure.erase(row.getUUID("id"))), (row, e) -> {
                    UUID id = row.getUUID("id");
                    boolean told = e instanceof Problem && refused.contains(id);
                    LOG.logf(
                            told ? Logger.Level.DEBUG : Logger.Level.WARN,
                            "the erasure of %s waits: %s",
                            id,
                            e.toString());
                    if (e instanceof Problem) now.add(id);
                })
                .invoke(() -> refused = Set.copyOf(now));
    }

    /** Nobody waits for it: such a session is over at its time. It is written down that it was. */
    private Uni<Void> endImpersonations() {
        return IMPERSONATIONS.each(
                pool,
                this::endImpersonation,
                (row, e) -> LOG.warnf("the end of impersonation %s waits: %s", row.getUUID("id"), e.toString()));
    }

    private Uni<Void> endImpersonation(Row due) {
        UUID session = due.getUUID("id");
        var fact = new ImpersonationEnded(due.getUUID("user_id"), session, due.getUUID("impersonated_by"));
        return pool.withTransaction(tx -> RUN_OUT.run(tx, session)
                .chain(ended ->
                        ended.rowCount() == 0 ? Uni.createFrom().voidItem() : journal.record(tx, Actor.SYSTEM, fact)));
    }

    /** Forgets what ended more than 30 days ago, part after part. */
    @Scheduled(every = "6h", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @InBackground
    Uni<Void> purge() {
        return Multi.createBy()
                .repeating()
                .uni(() -> PURGE.run(pool)
                        .map(rows -> rows.iterator().next().getLong("gone"))
                        .ifNoItem()
                        .after(Duration.ofSeconds(30))
                        .fail())
                .whilst(gone -> gone > 0)
                .collect()
                .last()
                .replaceWithVoid()
                .onFailure()
                .invoke(e -> LOG.warnf("ended sessions wait to be forgotten: %s", e.toString()))
                .onFailure()
                .recoverWithNull();
    }
}
