package org.townsquare.governance;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Actor;
import org.townsquare.platform.DueRows;
import org.townsquare.platform.Problem;

/** Closes what is due, and what its rule has close by itself, each vote in a transaction of its own. Several replicas may do so at once: the lock decides, and the second finds nothing to do. */
@ApplicationScoped
class Closer {
    private static final Logger LOG = Logger.getLogger(Closer.class);
    private static final DueRows DUE =
            new DueRows("select id, closes_at from proposal where status = 'VOTING' and closes_at <= clock_timestamp() "
                    + "and (closes_at, id) > ($1::timestamptz, $2::uuid) order by closes_at, id limit $3::int");

    /** By the tallies as they are shown: the recount under the lock decides. */
    private static final DueRows COMPLETE = new DueRows(
            "select p.id, p.closes_at from proposal p join proposal_tally t on t.proposal_id = p.id join electorate e on e.id = p.id "
                    + "where p.status = 'VOTING' and p.rule ->> 'earlyCloseByItself' = 'true' and t.voters >= e.electors "
                    + "and (p.closes_at, p.id) > ($1::timestamptz, $2::uuid) order by p.closes_at, p.id limit $3::int");

    private final Pool pool;
    private final Closing closing;
    private volatile List<UUID> mismatched = List.of();

    Closer(Pool pool, Closing closing, MeterRegistry metrics) {
        this.pool = pool;
        this.closing = closing;
        Gauge.builder(
                        "townsquare.tally.mismatch",
                        this,
                        closer -> closer.mismatched().size())
                .description("Votes past their deadline that stay open because their two counts differ")
                .register(metrics);
    }

    /** The votes that the last round left open because their two counts differ. */
    List<UUID> mismatched() {
        return mismatched;
    }

    @Scheduled(every = "${townsquare.governance.close-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        var left = new ArrayList<UUID>();
        return DUE.each(pool, row -> close(row.getUUID("id")), (row, e) -> leave(row.getUUID("id"), e, left))
                .chain(() -> COMPLETE.each(
                        pool, row -> closeByItself(row.getUUID("id")), (row, e) -> leave(row.getUUID("id"), e, left)))
                .invoke(() -> mismatched = List.copyOf(left))
                .onFailure()
                .invoke(e -> LOG.warnf("votes wait to be closed: %s", e.toString()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> close(UUID id) {
        return Panache.withTransaction(() -> Proposal.heldWhenDue(id).chain(this::close));
    }

    private Uni<Void> closeByItself(UUID id) {
        return Panache.withTransaction(() -> Proposal.heldWhenByItself(id)
                .chain(proposal -> proposal == null ? Uni.createFrom().voidItem() : closing.closeIfComplete(proposal)));
    }

    private void leave(UUID id, Throwable e, List<UUID> left) {
        if (e instanceof Problem problem && problem.code.equals("tally-mismatch")) {
            left.add(id);
            if (!mismatched.contains(id)) LOG.errorf("the two counts of proposal %s differ: it stays open", id);
        } else LOG.warnf("proposal %s waits to be closed: %s", id, e.toString());
    }

    private Uni<Void> close(@Nullable Proposal proposal) {
        if (proposal == null) return Uni.createFrom().voidItem();
        return closing.close(proposal, Actor.SYSTEM, proposal::close);
    }
}
