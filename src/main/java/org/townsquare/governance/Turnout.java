package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Tuple;
import java.time.Instant;
import org.townsquare.communities.Member;
import org.townsquare.platform.Statement;

/** How many of an electorate have voted, at which moment of the database's clock. */
record Turnout(long voters, int electors, Instant now) {
    private static final Statement TURNOUT = Statement.of(Turnout.class, "turnout.sql");

    /**
     * As far as the close by this member depends on it, read without a lock: where the rule or the right decides alone, nobody is counted. Problems:
     * {@code proposal-not-voting}.
     */
    static Uni<Turnout> of(Proposal proposal, Member by) {
        boolean counted = proposal.closesByTurnout(by);
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(TURNOUT.sql(), Tuple.class)
                        .setParameter("proposal", proposal.id)
                        .setParameter("counted", counted)
                        .getSingleResult())
                .map(row -> new Turnout(
                        ((Number) row.get(0)).longValue(),
                        ((Number) row.get(1)).intValue(),
                        DatabaseClock.instant(row.get(2))));
    }

    boolean isComplete() {
        return voters >= electors;
    }
}
