package org.townsquare.audit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.JournalOrder;
import org.townsquare.journal.JournalOrder.Unsealed;
import org.townsquare.platform.Background;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Statement;

/**
 * Seals the journal: what is new becomes leaves of the tree, in the journal's order. The lock on the head makes it one replica at a time, and leaves, nodes
 * and head one transaction, so that one that is killed leaves nothing behind.
 */
@ApplicationScoped
class Sealer {
    private static final Logger LOG = Logger.getLogger(Sealer.class);
    private static final Statement NEXT_INDEXES = Statement.of(Sealer.class, "next-indexes.sql");
    private static final Statement ADD = Statement.of(Sealer.class, "add-leaves.sql");

    /** A round that takes longer hangs, and would stop the sealing for good. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** While requests wait for a connection. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** After a refusal, until the log is looked at again. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Pool pool;
    private final Vertx vertx;
    private final AuditConfig config;
    private final Notary notary;
    private final LogState state;
    private final Clock clock;
    private final Background background;
    private volatile boolean trusted;
    private volatile Instant refusedAt = Instant.EPOCH;
    private volatile boolean stopping;

    Sealer(
            Pool pool,
            Vertx vertx,
            AuditConfig config,
            Notary notary,
            LogState state,
            Clock clock,
            Background background) {
        this.pool = pool;
        this.vertx = vertx;
        this.config = config;
        this.notary = notary;
        this.state = state;
        this.clock = clock;
        this.background = background;
    }

    @Scheduled(every = "${townsquare.audit.seal-every:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        if (!config.sealing() || stopping || isPausing())
            return Uni.createFrom().voidItem();
        return background
                .run(
                        LONGEST_PAUSE,
                        () -> trust().chain(() -> seal())
                                .chain(() -> notary.attest())
                                .invoke(state::clear)
                                .ifNoItem()
                                .after(PATIENCE)
                                .fail())
                .onFailure()
                .invoke(this::refused)
                .onFailure()
                .recoverWithNull();
    }

    /** Not where the clock went back, which may be by years. */
    private boolean isPausing() {
        if (trusted) return false;
        Duration since = Duration.between(refusedAt, clock.instant());
        Duration pause = config.checkpointEvery().compareTo(PAUSE) < 0 ? config.checkpointEvery() : PAUSE;
        return !since.isNegative() && since.compareTo(pause) < 0;
    }

    /** Before the first leaf and after everything that went wrong: what is in the database may have become another. */
    private Uni<Void> trust() {
        return trusted ? Uni.createFrom().voidItem() : notary.check().invoke(() -> trusted = true);
    }

    private void refused(Throwable e) {
        trusted = false;
        refusedAt = clock.instant();
        if (e instanceof LogRefused refusal) state.raise(refusal.alarm(), String.valueOf(e.getMessage()));
        else LOG.warnf("the sealing waits: %s", e.toString());
    }

    /** One batch; how many entries it has sealed. */
    Uni<Integer> seal() {
        return pool.withTransaction(tx ->
                LogHead.taken(tx).chain(head -> head == null ? Uni.createFrom().item(0) : seal(tx, head)));
    }

    private Uni<Integer> seal(SqlConnection tx, LogHead head) {
        if (head.size() < state.seen())
            throw new LogRefused(
                    LogAlarm.LOG_BEHIND_ITS_CHECKPOINT,
                    "the log has %d entries, and a checkpoint of %d is known".formatted(head.size(), state.seen()));
        return JournalOrder.after(tx, head.place(), config.batch())
                .chain(entries -> entries.isEmpty() ? Uni.createFrom().item(0) : add(tx, head, entries));
    }

    private Uni<Integer> add(SqlConnection tx, LogHead head, List<Unsealed> entries) {
        Map<Subtree, Digest> grown = new HashMap<>();
        return nextIndexes(tx, entries)
                .chain(indexes -> LogTree.growing(tx, head.size(), grown)
                        .chain(tree -> vertx.executeBlocking(() -> Batch.of(entries, indexes, tree, grown))))
                .chain(batch -> ADD.run(
                        tx,
                        head.size(),
                        batch.entryIds,
                        batch.communityIds,
                        batch.communityIndexes,
                        batch.hashes,
                        batch.levels,
                        batch.nodeIndexes,
                        batch.nodeHashes,
                        head.size() + entries.size(),
                        batch.end.stream(),
                        batch.end.createdXid(),
                        batch.end.entryId()))
                .replaceWith(entries.size());
    }

    private static Uni<Map<@Nullable UUID, Long>> nextIndexes(SqlConnection tx, List<Unsealed> entries) {
        UUID[] communities = entries.stream()
                .map(Unsealed::communityId)
                .filter(Objects::nonNull)
                .distinct()
                .toArray(UUID[]::new);
        return NEXT_INDEXES.run(tx, (Object) communities).map(rows -> {
            var next = new HashMap<@Nullable UUID, Long>();
            rows.forEach(row -> next.put(row.getUUID("community_id"), row.getLong("next")));
            return next;
        });
    }

    void stop(@Observes ShutdownEvent end) {
        stopping = true;
    }
}
