package org.townsquare.platform;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.hibernate.reactive.mutiny.Mutiny;

/** How long the database works on a statement of this transaction. */
public final class TimeLimit {
    static final Duration LONG = Duration.ofSeconds(60);
    private static final String SET =
            "select set_config('statement_timeout', :statement, true) || set_config('transaction_timeout', :transaction, true)";

    private TimeLimit() {}

    /** A million electors are not written, and a million votes not counted, in the seconds that an ordinary request has. Until the transaction ends. */
    public static Uni<Mutiny.Session> extended() {
        return extended(LONG);
    }

    /** Half as much again is left to the transaction as a whole. */
    static Uni<Mutiny.Session> extended(Duration limit) {
        return Panache.getSession()
                .call(session -> session.createNativeQuery(SET, String.class)
                        .setParameter("statement", limit.toMillis() + "ms")
                        .setParameter("transaction", limit.toMillis() * 3 / 2 + "ms")
                        .getSingleResult());
    }
}
