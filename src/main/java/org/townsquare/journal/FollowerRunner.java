package org.townsquare.journal;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/** Keeps every follower going on this replica, one after the other, until each has caught up. */
@ApplicationScoped
class FollowerRunner {
    private static final Logger LOG = Logger.getLogger(FollowerRunner.class);

    private final Pool pool;
    private final FollowersConfig config;
    private final List<FollowerRun> runs;
    private volatile boolean stopping;

    FollowerRunner(Pool pool, FollowersConfig config, Followers followers) {
        this.pool = pool;
        this.config = config;
        this.runs = followers.runs();
    }

    @Scheduled(every = "${townsquare.followers.idle-poll}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        if (!config.enabled() || stopping) return Uni.createFrom().voidItem();
        return Multi.createFrom()
                .iterable(runs)
                .onItem()
                .transformToUniAndConcatenate(this::catchUp)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    /** Batch after batch until one is not full. A failure (the database is away) ends this round; the next one begins where this ended. */
    private Uni<Void> catchUp(FollowerRun run) {
        return run.advance()
                .chain(full ->
                        full && !stopping ? catchUp(run) : Uni.createFrom().voidItem())
                .onFailure()
                .invoke(e -> LOG.warnf("follower %s waits: %s", run.name(), e.toString()))
                .onFailure()
                .recoverWithNull();
    }

    /** Once a day is ample: the partitions reach three months ahead. */
    @Scheduled(every = "24h", delayed = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> partitions() {
        return pool.query("select journal_partitions_ahead(3)").execute().replaceWithVoid();
    }

    void stop(@Observes ShutdownEvent end) {
        stopping = true;
    }
}
