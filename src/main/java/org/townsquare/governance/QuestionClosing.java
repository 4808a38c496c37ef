package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.BiFunction;
import org.townsquare.communities.Member;
import org.townsquare.communities.Viewer;
import org.townsquare.journal.Actor;
import org.townsquare.journal.Fact;
import org.townsquare.journal.Journal;

/** The end of a question, whoever brings it about: recount, count, result and fact in the transaction that holds the question. */
@Singleton
class QuestionClosing {
    private final Journal journal;

    QuestionClosing(Journal journal) {
        this.journal = journal;
    }

    /** By a member, who is judged before anything is locked or counted: whoever may not close keeps no ballot waiting. Judged again under the lock. */
    Uni<Question> close(Viewer viewer, UUID id) {
        return Question.glimpsedBy(viewer, id)
                .call(seen -> {
                    Member by = viewer.in(seen.communityId);
                    by.requireUnbarred();
                    return QuestionRecount.turnout(seen, by).invoke(turnout -> seen.requireClosable(by, turnout));
                })
                .chain(() -> Question.heldToClose(viewer, id))
                .invoke(Question::requireOpen)
                .call(question -> end(
                        question,
                        viewer,
                        (recount, sheet) -> question.close(viewer.in(question.communityId), recount, sheet)));
    }

    /** Without an outcome, judged in the same way. */
    Uni<Question> cancel(Viewer viewer, UUID id, CancelQuestion in) {
        return Question.glimpsedBy(viewer, id)
                .invoke(seen -> seen.requireCancellable(viewer.in(seen.communityId)))
                .chain(() -> Question.heldToClose(viewer, id))
                .invoke(Question::requireOpen)
                .call(question -> end(
                        question,
                        viewer,
                        (recount, sheet) -> question.cancel(viewer.in(question.communityId), in, recount, sheet)));
    }

    /** By the clock, of a question that the caller holds: at its deadline, or when all have voted. */
    Uni<Void> closeIfDue(Question question) {
        return QuestionRecount.of(question)
                .chain(recount -> question.endsByItself(recount)
                        ? finish(question, Actor.SYSTEM, recount, question::close)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> end(Question question, Actor who, BiFunction<QuestionRecount, CountSheet, Fact> act) {
        return QuestionRecount.of(question).chain(recount -> finish(question, who, recount, act));
    }

    private Uni<Void> finish(
            Question question, Actor who, QuestionRecount recount, BiFunction<QuestionRecount, CountSheet, Fact> act) {
        return Counter.count(question).chain(sheet -> journal.record(who, act.apply(recount, sheet)));
    }
}
