package org.townsquare.governance;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.townsquare.journal.Actor;
import org.townsquare.platform.Problem;
import org.townsquare.platform.Statement;

/** Closes what is due, each vote in a transaction of its own. Several replicas may do so at once: the lock decides, and the second finds nothing to do. */
@ApplicationScoped
class Closer {
    private static final Logger LOG = Logger.getLogger(Closer.class);
    private static final int BATCH = 100;
    private static final Statement DUE = new Statement(
            "select id, closes_at from proposal where status = 'VOTING' and closes_at <= clock_timestamp() "
                    + "and (closes_at, id) > ($1::timestamptz, $2::uuid) order by closes_at, id limit $3::int");

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
        return after(OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), new UUID(0, 0), left)
                .invoke(() -> mismatched = List.copyOf(left))
                .onFailure()
                .invoke(e -> LOG.warnf("votes wait to be closed: %s", e.toString()))
                .onFailure()
                .recoverWithNull();
    }

    /** The due ones behind that place, so that those which cannot be closed do not stand in the way of the others. */
    private Uni<Void> after(OffsetDateTime closesAt, UUID id, List<UUID> left) {
        return DUE.run(pool, closesAt, id, BATCH).chain(rows -> {
            var due = new ArrayList<Row>();
            rows.forEach(due::add);
            if (due.isEmpty()) return Uni.createFrom().voidItem();
            Row last = due.get(due.size() - 1);
            return Multi.createFrom()
                    .iterable(due)
                    .onItem()
                    .transformToUniAndConcatenate(row -> attempt(row.getUUID("id"), left))
                    .collect()
                    .asList()
                    .chain(() -> after(last.getOffsetDateTime("closes_at"), last.getUUID("id"), left));
        });
    }

    private Uni<Void> attempt(UUID id, List<UUID> left) {
        return Panache.withTransaction(() -> Proposal.heldWhenDue(id).chain(this::close))
                .onFailure()
                .invoke(e -> {
                    if (e instanceof Problem problem && problem.code.equals("tally-mismatch")) {
                        left.add(id);
                        LOG.errorf("the two counts of proposal %s differ: it stays open", id);
                    } else LOG.warnf("proposal %s waits to be closed: %s", id, e.toString());
                })
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> close(@org.jspecify.annotations.Nullable Proposal proposal) {
        if (proposal == null) return Uni.createFrom().voidItem();
        return closing.close(proposal, Actor.SYSTEM, proposal::close);
    }
}
