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
import org.townsquare.platform.DueRows;
import org.townsquare.platform.Problem;

/** Closes the questions that are due, each in a transaction of its own. Several replicas may do so at once: the lock decides, and the second finds nothing to do. */
@ApplicationScoped
class QuestionCloser {
    private static final Logger LOG = Logger.getLogger(QuestionCloser.class);
    private static final DueRows DUE =
            new DueRows("select id, closes_at from question where state = 'OPEN' and closes_at <= clock_timestamp() "
                    + "and (closes_at, id) > ($1::timestamptz, $2::uuid) order by closes_at, id limit $3::int");

    /** Those that end when all have voted, and where nobody is missing: the search stops at the first who is. The recount under the lock decides. */
    private static final DueRows COMPLETE = new DueRows(
            "select q.id, q.closes_at from question q where q.state = 'OPEN' and q.rule ->> 'earlyCloseByItself' = 'true' "
                    + "and not exists (select from elector e where e.electorate_id = q.id "
                    + "and not exists (select from participation p where p.question_id = q.id and p.user_id = e.user_id)) "
                    + "and (q.closes_at, q.id) > ($1::timestamptz, $2::uuid) order by q.closes_at, q.id limit $3::int");

    private final Pool pool;
    private final QuestionClosing closing;
    private volatile List<UUID> mismatched = List.of();

    QuestionCloser(Pool pool, QuestionClosing closing, MeterRegistry metrics) {
        this.pool = pool;
        this.closing = closing;
        Gauge.builder(
                        "townsquare.ballots.mismatch",
                        this,
                        closer -> closer.mismatched().size())
                .description("Questions past their deadline that stay open because their ballots do not add up")
                .register(metrics);
    }

    /** The questions that the last round left open because their ballots do not add up. */
    List<UUID> mismatched() {
        return mismatched;
    }

    @Scheduled(every = "${townsquare.governance.close-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        var left = new ArrayList<UUID>();
        return each(DUE, left)
                .chain(() -> each(COMPLETE, left))
                .invoke(() -> mismatched = List.copyOf(left))
                .onFailure()
                .invoke(e -> LOG.warnf("questions wait to be closed: %s", e.toString()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> each(DueRows rows, List<UUID> left) {
        return rows.each(pool, row -> close(row.getUUID("id")), (row, e) -> leave(row.getUUID("id"), e, left));
    }

    private Uni<Void> close(UUID id) {
        return Panache.withTransaction(() -> Question.heldWhenDue(id)
                .chain(question -> question == null ? Uni.createFrom().voidItem() : closing.closeIfDue(question)));
    }

    private void leave(UUID id, Throwable e, List<UUID> left) {
        if (e instanceof Problem problem && problem.code.equals("tally-mismatch")) {
            left.add(id);
            if (!mismatched.contains(id)) LOG.errorf("the ballots on question %s do not add up: it stays open", id);
        } else LOG.warnf("question %s waits to be closed: %s", id, e.toString());
    }
}
