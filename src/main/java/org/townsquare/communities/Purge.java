package org.townsquare.communities;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.townsquare.platform.InBackground;
import org.townsquare.platform.Statement;

/** Forgets what is kept for a time only. Facts, votes and ledger stay. */
@ApplicationScoped
class Purge {
    private static final Logger LOG = Logger.getLogger(Purge.class);
    private static final Statement COMMUNITIES = Statement.of(Purge.class, "purge-communities.sql");
    private static final Statement INVITATIONS = Statement.of(Purge.class, "purge-invitations.sql");

    private final Pool pool;

    Purge(Pool pool) {
        this.pool = pool;
    }

    @Scheduled(
            every = "${townsquare.communities.purge-every}",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @InBackground
    Uni<Void> run() {
        return COMMUNITIES
                .run(pool)
                .chain(() -> INVITATIONS.run(pool))
                .replaceWithVoid()
                .ifNoItem()
                .after(Duration.ofMinutes(10))
                .fail()
                .onFailure()
                .invoke(e -> LOG.warnf("what is to be forgotten waits: %s", e.toString()))
                .onFailure()
                .recoverWithNull();
    }
}
