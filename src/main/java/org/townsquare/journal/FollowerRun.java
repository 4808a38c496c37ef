package org.townsquare.journal;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Outage;
import org.townsquare.platform.Statement;

/**
 * One follower on this replica. The lock on its row keeps other replicas away, and makes effect and position one transaction. Entries are taken
 * below the horizon of transaction ids, in the order (stream, transaction, id): a late commit has a place behind which nobody has read yet.
 */
final class FollowerRun {
    private static final Statement REGISTER =
            new Statement("insert into follower (name) values ($1) on conflict do nothing");
    private static final Statement CLAIM = Statement.of(FollowerRun.class, "claim.sql");
    private static final Statement NEXT = Statement.of(FollowerRun.class, "next.sql");
    private static final Statement MOVE = new Statement(
            "update follower set stream = $2, created_xid = $3::text::xid8, entry_id = $4 where name = $1");
    private static final Statement FORGIVE =
            new Statement("delete from dead_entry where follower = $1 and next_try_at is not null");
    private static final Statement FAILED = Statement.of(FollowerRun.class, "failed.sql");

    private final Follower follower;
    private final Pool pool;
    private final Kinds kinds;
    private final FollowersConfig config;

    /** So many batches are looked at together where nothing is wanted: a rush of votes must not keep a mail waiting. */
    private static final int SPARSE = 20;

    private volatile boolean registered;
    private final AtomicBoolean awake = new AtomicBoolean();

    /** The last wanted entry of the batch that was tried: alone in a batch of one, it is the one to blame. */
    private volatile @Nullable UUID tried;

    /** Entries that the next batch looks at. */
    private volatile int window;

    FollowerRun(Follower follower, Pool pool, Kinds kinds, FollowersConfig config) {
        this.follower = follower;
        this.pool = pool;
        this.kinds = kinds;
        this.config = config;
        this.window = config.batch();
    }

    String name() {
        return follower.name();
    }

    /** Whether it was idle, and is the caller's from now on until {@link #rest}. */
    boolean wake() {
        return awake.compareAndSet(false, true);
    }

    void rest() {
        awake.set(false);
    }

    /** One batch; whether there is likely more. After a failed batch, its entries one by one, so that only the one that fails waits. */
    Uni<Boolean> advance() {
        int most = Math.min(config.batch(), follower.atOnce());
        return register()
                .chain(() -> batch(most))
                .onFailure(FollowerRun::isItsOwn)
                .recoverWithUni(e -> most == 1
                        ? failed(e)
                        : batch(1).onFailure(FollowerRun::isItsOwn).recoverWithUni(this::failed));
    }

    private Uni<Void> register() {
        if (registered) return Uni.createFrom().voidItem();
        return REGISTER.run(pool, follower.name())
                .invoke(() -> registered = true)
                .replaceWithVoid();
    }

    private Uni<Boolean> batch(int most) {
        return pool.withTransaction(tx -> CLAIM.run(tx, follower.name()).chain(claimed -> {
            if (claimed.size() == 0) return Uni.createFrom().item(false);
            Row position = claimed.iterator().next();
            if (position.getBoolean("waiting")) return Uni.createFrom().item(false);
            int limit = position.getBoolean("retrying") ? 1 : most;
            return NEXT.run(
                            tx,
                            position.getInteger("stream"),
                            position.getString("created_xid"),
                            position.getUUID("entry_id"),
                            follower.follows().stream()
                                    .map(Class::getSimpleName)
                                    .toArray(String[]::new),
                            window,
                            limit)
                    .chain(rows -> rows.size() == 0 ? Uni.createFrom().item(false) : act(tx, rows));
        }));
    }

    private Uni<Boolean> act(SqlConnection tx, RowSet<Row> rows) {
        Row last = null;
        Row lastWanted = null;
        for (Row row : rows) {
            last = row;
            if (row.getBoolean("wanted")) lastWanted = row;
        }
        if (last == null) return Uni.createFrom().item(false);
        Row end = last;
        if (lastWanted != null) tried = lastWanted.getUUID("id"); // one that cannot even be read is to blame, too
        var entries = new ArrayList<Recorded>();
        for (Row row : rows) if (row.getBoolean("wanted")) entries.add(recorded(row));
        window = entries.isEmpty() ? Math.min(2 * window, SPARSE * config.batch()) : config.batch();
        Uni<Void> effect = entries.isEmpty()
                ? Uni.createFrom().voidItem()
                : follower.on(tx, entries)
                        .chain(() -> FORGIVE.run(tx, follower.name()))
                        .replaceWithVoid();
        return effect.chain(() -> MOVE.run(
                        tx, follower.name(), end.getInteger("stream"), end.getString("created_xid"), end.getUUID("id")))
                .replaceWith(end.getBoolean("more"));
    }

    private Recorded recorded(Row row) {
        String kind = row.getString("kind");
        return new Recorded(
                row.getUUID("id"),
                row.getOffsetDateTime("at").toInstant(),
                kind,
                row.getUUID("community_id"),
                row.getUUID("subject_id"),
                kinds.read(kind, row.getBuffer("body").getBytes()));
    }

    /** Notes that the entry failed once more, if the position still stands before it; at the last try the follower goes on without it. */
    private Uni<Boolean> failed(Throwable why) {
        String error = why.toString();
        return FAILED.run(
                        pool,
                        follower.name(),
                        tried,
                        error.substring(0, Math.min(error.length(), 1_000)),
                        config.tries(),
                        config.backoff().toMillis())
                .map(rows -> rows.size() > 0 && rows.iterator().next().getBoolean("dead"));
    }

    /** Whether the entry is to blame, and not a database that is away or a race that the next try wins. */
    private static boolean isItsOwn(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (Outage.isOfTheConnection(cause)) return false;
            if (cause instanceof PgException refused)
                return !Outage.isOfTheServer(String.valueOf(refused.getSqlState()));
        }
        return true;
    }

    /** Tries a dead entry again, at once; its effect and its burial are one transaction. False when there is none. */
    Uni<Boolean> retry(UUID entryId) {
        return pool.withTransaction(tx -> retry(tx, entryId));
    }

    Uni<Boolean> retry(SqlConnection tx, UUID entryId) {
        return tx.preparedQuery(
                        "select e.id, e.at, e.kind, e.community_id, e.subject_id, e.body from dead_entry d join journal_entry e on e.id = d.entry_id where d.follower = $1 and d.entry_id = $2 and d.next_try_at is null for update of d")
                .execute(Tuple.of(follower.name(), entryId))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().item(false)
                        : follower.on(tx, List.of(recorded(rows.iterator().next())))
                                .chain(() -> tx.preparedQuery(
                                                "delete from dead_entry where follower = $1 and entry_id = $2")
                                        .execute(Tuple.of(follower.name(), entryId)))
                                .replaceWith(true));
    }
}
