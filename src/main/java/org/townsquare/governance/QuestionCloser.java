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
import org.townsquare.platform.DueRows;
import org.townsquare.platform.InBackground;

/** Closes the questions that are due, and those that their rule has close by themselves. */
@ApplicationScoped
class QuestionCloser {
    private static final DueRows DUE =
            new DueRows("select id, closes_at from question where state = 'OPEN' and closes_at <= clock_timestamp() "
                    + "and (closes_at, id) > ($1::timestamptz, $2::uuid) order by closes_at, id limit $3::int");

    /** Those that end when all have voted, and where nobody is missing: the search stops at the first who is. The recount under the lock decides. */
    private static final DueRows COMPLETE = new DueRows(
            "select q.id, q.closes_at from question q where q.state = 'OPEN' and q.rule ->> 'earlyCloseByItself' = 'true' "
                    + "and not exists (select from elector e where e.electorate_id = q.id "
                    + "and not exists (select from participation p where p.question_id = q.id and p.user_id = e.user_id)) "
                    + "and (q.closes_at, q.id) > ($1::timestamptz, $2::uuid) order by q.closes_at, q.id limit $3::int");

    private final QuestionClosing closing;
    private final ClosingRounds rounds;

    QuestionCloser(Pool pool, QuestionClosing closing, MeterRegistry metrics) {
        this.closing = closing;
        this.rounds = new ClosingRounds(pool, "question");
        rounds.measured(
                metrics,
                "townsquare.ballots.mismatch",
                "Questions past their deadline that stay open because their ballots do not add up");
    }

    /** The questions that the last round left open because their ballots do not add up. */
    List<UUID> mismatched() {
        return rounds.mismatched();
    }

    @Scheduled(every = "${townsquare.governance.close-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @InBackground
    Uni<Void> run() {
        return rounds.run(new Search(DUE, this::close), new Search(COMPLETE, this::close));
    }

    private Uni<Void> close(UUID id) {
        return Panache.withTransaction(() -> Question.heldWhenDue(id)
                .chain(question -> question == null ? Uni.createFrom().voidItem() : closing.closeIfDue(question)));
    }
}
