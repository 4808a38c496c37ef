package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import org.townsquare.communities.Member;
import org.townsquare.platform.Problem.Busy;
import org.townsquare.platform.Statement;
import org.townsquare.platform.TimeLimit;

/**
 * Who took part in a question, counted in two ways, and the database's clock at that moment.
 *
 * @param agrees whether ballots and participations are as many, weigh the same and stay within the electorate
 */
record QuestionRecount(long voters, long weight, int electors, long totalWeight, boolean agrees, Instant now) {
    private static final Statement RECOUNT = Statement.of(QuestionRecount.class, "recount-question.sql");
    private static final Statement GROUPS = Statement.of(QuestionRecount.class, "group-ballots.sql");
    private static final Statement TURNOUT = Statement.of(QuestionRecount.class, "turnout-of-question.sql");

    /** Of a question that the caller holds: no ballot is being cast meanwhile. */
    static Uni<QuestionRecount> of(Question question) {
        return TimeLimit.extended()
                .chain(session -> session.createNativeQuery(RECOUNT.sql(), Tuple.class)
                        .setParameter("question", question.id)
                        .getSingleResult())
                .map(row -> new QuestionRecount(
                        number(row, 0),
                        number(row, 1),
                        (int) number(row, 2),
                        number(row, 3),
                        (Boolean) row.get(4),
                        DatabaseClock.instant(row.get(5))));
    }

    /** The ballots on a question, equal ones together. */
    static Uni<List<BallotGroup>> ballots(Question question) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(GROUPS.sql(), Tuple.class)
                        .setParameter("question", question.id)
                        .getResultList())
                .map(rows -> rows.stream()
                        .map(row -> new BallotGroup(Marks.parse((String) row.get(0)), number(row, 1), number(row, 2)))
                        .toList());
    }

    /**
     * As far as the close by this member depends on it, read without a lock: where the rule or the right decides alone, nobody is counted. Problems:
     * {@code question-not-open}.
     */
    static Uni<Turnout> turnout(Question question, Member by) {
        boolean counted = question.closesByTurnout(by);
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(TURNOUT.sql(), Tuple.class)
                        .setParameter("question", question.id)
                        .setParameter("counted", counted)
                        .getSingleResult())
                .map(row -> new Turnout(number(row, 0), (int) number(row, 1), DatabaseClock.instant(row.get(2))));
    }

    private static long number(Tuple row, int column) {
        return ((Number) row.get(column)).longValue();
    }

    /** Problems: {@code tally-mismatch}. */
    void requireAgreement() {
        if (!agrees) throw new Busy("tally-mismatch", "The ballots do not add up: the operators have been alarmed.");
    }

    Turnout turnout() {
        return new Turnout(voters, electors, now);
    }

    QuestionTurnout turnout(RuleTerms terms) {
        return QuestionTurnout.of(terms, voters, electors, weight, totalWeight);
    }
}
