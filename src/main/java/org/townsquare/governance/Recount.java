package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import jakarta.persistence.Tuple;
import java.time.Instant;
import org.townsquare.platform.Problem.Busy;
import org.townsquare.platform.Statement;
import org.townsquare.platform.TimeLimit;

/**
 * The exact sums of a vote, counted in two ways, and the database's clock at that moment.
 *
 * @param agrees whether both ways came to the same, within the electorate
 */
record Recount(
        long yes, long no, long abstain, long voters, int electors, long totalWeight, boolean agrees, Instant now) {
    private static final Statement RECOUNT = Statement.of(Recount.class, "recount.sql");

    /** Of a proposal that the caller holds: no vote is being cast meanwhile. Problems: {@code proposal-not-voting}. */
    static Uni<Recount> of(Proposal proposal) {
        proposal.requireVoting();
        return TimeLimit.extended()
                .chain(session -> session.createNativeQuery(RECOUNT.sql(), Tuple.class)
                        .setParameter("proposal", proposal.id)
                        .getSingleResult())
                .map(Recount::read);
    }

    private static Recount read(Tuple row) {
        return new Recount(
                number(row, 0),
                number(row, 1),
                number(row, 2),
                number(row, 3),
                (int) number(row, 4),
                number(row, 5),
                (Boolean) row.get(6),
                DatabaseClock.instant(row.get(7)));
    }

    private static long number(Tuple row, int column) {
        return ((Number) row.get(column)).longValue();
    }

    /** Problems: {@code tally-mismatch}. */
    void requireAgreement() {
        if (!agrees) throw new Busy("tally-mismatch", "The votes do not add up: the operators have been alarmed.");
    }

    Turnout turnout() {
        return new Turnout(voters, electors, now);
    }

    Counts counts() {
        return new Counts(yes, no, abstain, totalWeight);
    }
}
