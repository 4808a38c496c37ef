package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the ballots on a question as they stand in the database. */
final class Counter {
    private Counter() {}

    /** The count as it is disclosed: that of the result, or of now; null where it is not. */
    static Uni<@Nullable CountSheet> shown(Question question) {
        if (!Disclosure.showsCounts(question)) return Uni.createFrom().nullItem();
        QuestionResult outcome = question.outcome();
        return outcome == null
                ? count(question).map(sheet -> sheet)
                : Uni.createFrom().item(outcome.sheet());
    }

    /** On a worker, since many ballots take seconds; continues on the caller's context, where its session is. */
    static Uni<CountSheet> count(Question question) {
        Context context = Vertx.currentContext();
        return QuestionOption.of(question)
                .chain(options -> QuestionRecount.ballots(question)
                        .chain(ballots -> Uni.createFrom()
                                .item(() -> question.form().count(candidates(options), ballots))
                                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                                .emitOn(next -> context.runOnContext(ignored -> next.run()))));
    }

    private static List<Candidate> candidates(List<QuestionOption> options) {
        return options.stream().map(QuestionOption::candidate).toList();
    }
}
