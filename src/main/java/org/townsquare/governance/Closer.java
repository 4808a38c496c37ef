package org.townsquare.governance;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.townsquare.governance.ClosingRounds.Search;
import org.townsquare.journal.Actor;
import org.townsquare.platform.DueRows;
import org.townsquare.platform.InBackground;

/** Closes the votes that are due, and those that their rule has close by themselves. */
@ApplicationScoped
class Closer {
    private static final DueRows DUE =
            new DueRows("select id, closes_at from proposal where status = 'VOTING' and closes_at <= clock_timestamp() "
                    + "and (closes_at, id) > ($1::timestamptz, $2::uuid) order by closes_at, id limit $3::int");

    /** By the tallies as they are shown: the recount under the lock decides. */
    private static final DueRows COMPLETE = new DueRows(
            "select p.id, p.closes_at from proposal p join proposal_tally t on t.proposal_id = p.id join electorate e on e.id = p.id "
                    + "where p.status = 'VOTING' and p.rule ->> 'earlyCloseByItself' = 'true' and t.voters >= e.electors "
                    + "and (p.closes_at, p.id) > ($1::timestamptz, $2::uuid) order by p.closes_at, p.id limit $3::int");

    private final Closing closing;
    private final ClosingRounds rounds;

    Closer(Pool pool, Closing closing, MeterRegistry metrics) {
        this.closing = closing;
        this.rounds = new ClosingRounds(pool, "proposal");
        rounds.measured(
                metrics,
                "townsquare.tally.mismatch",
                "Votes past their deadline that stay open because their two counts differ");
    }

    /** The votes that the last round left open because their two counts differ. */
    List<UUID> mismatched() {
        return rounds.mismatched();
    }

    @Scheduled(every = "${townsquare.governance.close-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @InBackground
    Uni<Void> run() {
        return rounds.run(new Search(DUE, this::close), new Search(COMPLETE, this::closeByItself));
    }

    private Uni<Void> close(UUID id) {
        return Panache.withTransaction(() -> Proposal.heldWhenDue(id)
                .chain(proposal -> proposal == null
                        ? Uni.createFrom().voidItem()
                        : closing.close(proposal, Actor.SYSTEM, proposal::close)));
    }

    private Uni<Void> closeByItself(UUID id) {
        return Panache.withTransaction(() -> Proposal.heldWhenByItself(id)
                .chain(proposal -> proposal == null ? Uni.createFrom().voidItem() : closing.closeIfComplete(proposal)));
    }
}
