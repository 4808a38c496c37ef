package org.townsquare.journal;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.townsquare.platform.Background;
import org.townsquare.platform.InBackground;

/** Keeps every follower going on this replica until it has caught up, each by itself: one that waits for a mail server keeps no tally waiting. */
@ApplicationScoped
class FollowerRunner {
    private static final Logger LOG = Logger.getLogger(FollowerRunner.class);

    /** Batches of one follower before the next call looks whether to go on. */
    private static final int ROUND = 50;

    /** A batch that takes longer hangs: without a limit it would stop all followers of this replica for good. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Pool pool;
    private final FollowersConfig config;
    private final List<FollowerRun> runs;
    private final Background background;
    private volatile boolean stopping;

    FollowerRunner(Pool pool, FollowersConfig config, Followers followers, Background background) {
        this.pool = pool;
        this.config = config;
        this.runs = followers.runs();
        this.background = background;
    }

    /** Those that are still going since an earlier call go on. */
    @Scheduled(
            every = "${townsquare.followers.idle-poll:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.PROCEED)
    Uni<Void> run() {
        if (!config.enabled() || stopping) return Uni.createFrom().voidItem();
        return Multi.createFrom()
                .iterable(runs)
                .filter(FollowerRun::wake)
                .onItem()
                .transformToUni(run -> catchUp(run).onTermination().invoke(run::rest))
                .merge(runs.size())
                .onItem()
                .ignoreAsUni();
    }

    /**
     * Batch after batch until one is not full, but not so many that the other followers starve. A failure (the database is away, or does not answer)
     * ends this round; the next one begins where this ended.
     */
    private Uni<Void> catchUp(FollowerRun run) {
        return Multi.createBy()
                .repeating()
                .uni(() -> background.run(
                        () -> run.advance().ifNoItem().after(PATIENCE).fail()))
                .whilst(full -> full && !stopping)
                .select()
                .first(ROUND)
                .collect()
                .last()
                .replaceWithVoid()
                .onFailure()
                .invoke(e -> LOG.warnf("follower %s waits: %s", run.name(), e.toString()))
                .onFailure()
                .recoverWithNull();
    }

    /** Once a day is ample: the partitions reach three months ahead, and origins are dropped by the month. */
    @Scheduled(every = "24h", delayed = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @InBackground
    Uni<Void> partitions() {
        return pool.query("select journal_keep()").execute().replaceWithVoid();
    }

    void stop(@Observes ShutdownEvent end) {
        stopping = true;
    }
}
