package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Actor;
import org.townsquare.journal.Journal;
import org.townsquare.platform.DueRows;
import org.townsquare.platform.InBackground;

/** Puts away what was decided 365 days ago, each proposal in a transaction of its own. Several replicas may do so at once. */
@ApplicationScoped
class Archiver {
    private static final Logger LOG = Logger.getLogger(Archiver.class);
    private static final DueRows OLD = new DueRows(
            "select id, coalesce(voting_closed_at, reviewed_at) as closes_at from proposal where status in ('PASSED', 'REJECTED') "
                    + "and coalesce(voting_closed_at, reviewed_at) <= clock_timestamp() - interval '365 days' "
                    + "and (coalesce(voting_closed_at, reviewed_at), id) > ($1::timestamptz, $2::uuid) "
                    + "order by coalesce(voting_closed_at, reviewed_at), id limit $3::int");

    private final Pool pool;
    private final Journal journal;
    private final Clock clock;

    Archiver(Pool pool, Journal journal, Clock clock) {
        this.pool = pool;
        this.journal = journal;
        this.clock = clock;
    }

    @Scheduled(
            every = "${townsquare.governance.archive-every}",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @InBackground
    Uni<Void> run() {
        return OLD.each(
                        pool,
                        row -> archive(row.getUUID("id")),
                        (row, e) -> LOG.warnf("proposal %s waits to be archived: %s", row.getUUID("id"), e.toString()))
                .onFailure()
                .invoke(e -> LOG.warnf("proposals wait to be archived: %s", e.toString()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> archive(UUID id) {
        return Panache.withTransaction(() -> Proposal.heldWhenOld(id).chain(this::archive));
    }

    private Uni<Void> archive(@Nullable Proposal proposal) {
        if (proposal == null) return Uni.createFrom().voidItem();
        return journal.record(Actor.SYSTEM, proposal.archive(clock.instant()));
    }
}
