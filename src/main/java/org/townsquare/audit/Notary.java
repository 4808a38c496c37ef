package org.townsquare.audit;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Statement;

/**
 * Signs what the log is and publishes it. It signs only what continues all that was signed and published before: a log that was cut, restored or written
 * anew is never presented as the same one.
 */
@ApplicationScoped
class Notary {
    private static final Statement STANDING = Statement.of(Notary.class, "standing.sql");
    private static final Statement KEEP = Statement.of(Notary.class, "keep-checkpoint.sql");
    private static final Statement UNPUBLISHED = new Statement(
            "select size, root, note from log_checkpoint where log = 1 and published_at is null order by size limit 100");
    private static final Statement PUBLISHED = new Statement(
            "update log_checkpoint set published_at = clock_timestamp() where log = 1 and size = $1 and published_at is null");

    private final Pool pool;
    private final Vertx vertx;
    private final AuditConfig config;
    private final LogKeys keys;
    private final Sinks sinks;
    private final LogState state;

    Notary(Pool pool, Vertx vertx, AuditConfig config, LogKeys keys, Sinks sinks, LogState state) {
        this.pool = pool;
        this.vertx = vertx;
        this.config = config;
        this.keys = keys;
        this.sinks = sinks;
        this.state = state;
    }

    /** Whether the log continues what was signed and published; else it fails with {@link LogRefused}. */
    Uni<Void> check() {
        return published()
                .chain(published -> pool.withTransaction(tx -> size(tx).chain(size -> StoredCheckpoint.last(tx)
                        .chain(last -> {
                            var all = new ArrayList<>(published);
                            if (last != null) all.add(opened(last));
                            return eachContinues(tx, all, size);
                        }))));
    }

    private static Uni<Long> size(SqlClient client) {
        return standing(client).map(row -> row.getLong("size"));
    }

    private static Uni<Row> standing(SqlClient client) {
        return STANDING.run(client).map(rows -> {
            if (rows.size() == 0) throw new LogRefused(LogAlarm.LOG_INCONSISTENT, "the log has no head");
            return rows.iterator().next();
        });
    }

    private Checkpoint opened(StoredCheckpoint stored) {
        Checkpoint checkpoint = keys.opened(stored.note());
        if (checkpoint.size() != stored.size() || !checkpoint.root().equals(stored.root()))
            throw new LogRefused(
                    LogAlarm.LOG_INCONSISTENT, "the stored checkpoint of size " + stored.size() + " is not its note");
        return checkpoint;
    }

    /** The last checkpoint of each sink. */
    private Uni<List<Checkpoint>> published() {
        return vertx.executeBlocking(() -> {
            var found = new ArrayList<Checkpoint>();
            for (Sink sink : sinks.all()) {
                String note = last(sink);
                if (note != null) found.add(keys.opened(note));
            }
            return found;
        });
    }

    private static @Nullable String last(Sink sink) {
        try {
            return sink.last();
        } catch (IOException e) {
            throw new LogRefused(LogAlarm.SINK_UNAVAILABLE, sink.name() + " cannot be read: " + e);
        }
    }

    private Uni<Void> eachContinues(SqlClient client, List<Checkpoint> known, long size) {
        return Multi.createFrom()
                .iterable(known)
                .onItem()
                .transformToUniAndConcatenate(it -> continues(client, it, size))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> continues(SqlClient client, Checkpoint known, long size) {
        if (known.size() > size)
            throw new LogRefused(
                    LogAlarm.LOG_BEHIND_ITS_CHECKPOINT,
                    "the log has %d entries, and a checkpoint of %d was published".formatted(size, known.size()));
        return LogTree.root(client, known.size())
                .invoke(root -> {
                    if (!root.equals(known.root()))
                        throw new LogRefused(
                                LogAlarm.LOG_INCONSISTENT,
                                "the first %d entries are not those that were signed".formatted(known.size()));
                    state.sees(known.size());
                })
                .replaceWithVoid();
    }

    /** Signs a checkpoint when it is time, and publishes what is not published: both only of a log that continues what is known of it. */
    Uni<Void> attest() {
        return standing(pool).chain(row -> {
            boolean isDue = isDue(row);
            if (!isDue && row.getDouble("unpublished_seconds") == null)
                return Uni.createFrom().voidItem();
            return check().chain(() -> isDue ? sign() : Uni.createFrom().voidItem())
                    .chain(() -> publish());
        });
    }

    private boolean isDue(Row standing) {
        Long signed = standing.getLong("signed_size");
        if (signed == null) return standing.getLong("size") > 0;
        double ago = standing.getDouble("signed_seconds_ago");
        // below zero: the clock was ahead when it was signed, and may have been by years
        return standing.getLong("size") > signed
                && (ago < 0 || ago >= config.checkpointEvery().toMillis() / 1000.0);
    }

    private Uni<Void> sign() {
        return pool.withTransaction(tx -> LogHead.taken(tx)
                .chain(head -> head == null
                        ? Uni.createFrom().voidItem()
                        : StoredCheckpoint.last(tx).chain(last -> sign(tx, head.size(), last))));
    }

    private Uni<Void> sign(SqlConnection tx, long size, @Nullable StoredCheckpoint last) {
        if (last != null && last.size() == size) return Uni.createFrom().voidItem(); // another replica was faster
        return LogTree.root(tx, size)
                .call(root -> proveContinuation(tx, last, size, root))
                .chain(root -> KEEP.run(
                        tx,
                        size,
                        Buffer.buffer(root.bytes()),
                        keys.signing()
                                .sign(new Checkpoint(keys.origin(), size, root))
                                .note()))
                .replaceWithVoid();
    }

    /** By the very path that an auditor would be given. */
    private Uni<Void> proveContinuation(SqlConnection tx, @Nullable StoredCheckpoint last, long size, Digest root) {
        if (last == null) return Uni.createFrom().voidItem();
        Checkpoint before = opened(last);
        if (before.size() > size)
            throw new LogRefused(
                    LogAlarm.LOG_BEHIND_ITS_CHECKPOINT,
                    "the log has %d entries, and a checkpoint of %d is stored".formatted(size, before.size()));
        return LogTree.hashes(tx, MerkleTree.consistency(before.size(), size))
                .invoke(path -> {
                    if (!MerkleTree.continues(before.size(), before.root(), size, root, path))
                        throw new LogRefused(
                                LogAlarm.LOG_INCONSISTENT,
                                "no proof leads from checkpoint %d to %d".formatted(before.size(), size));
                })
                .replaceWithVoid();
    }

    private Uni<Void> publish() {
        return UNPUBLISHED
                .run(pool)
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(row -> publish(new StoredCheckpoint(
                        row.getLong("size"), Digest.of(row.getBuffer("root").getBytes()), row.getString("note"))))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> publish(StoredCheckpoint stored) {
        Checkpoint checkpoint = opened(stored);
        return vertx.executeBlocking(() -> {
                    for (Sink sink : sinks.all()) publish(sink, checkpoint, stored.note());
                    return checkpoint;
                })
                .chain(done -> PUBLISHED.run(pool, done.size()))
                .invoke(() -> state.sees(checkpoint.size()))
                .replaceWithVoid();
    }

    private static void publish(Sink sink, Checkpoint checkpoint, String note) {
        try {
            sink.publish(checkpoint, note);
        } catch (IOException e) {
            throw new LogRefused(LogAlarm.SINK_UNAVAILABLE, sink.name() + " cannot be written: " + e);
        }
    }
}
