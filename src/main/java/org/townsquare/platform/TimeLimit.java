package org.townsquare.platform;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import org.hibernate.reactive.mutiny.Mutiny;

/** How long the database works on a statement of this transaction. */
public final class TimeLimit {
    private TimeLimit() {}

    /** A million electors are not written, and a million votes not counted, in the seconds that an ordinary request has. Until the transaction ends. */
    public static Uni<Mutiny.Session> extended() {
        return Panache.getSession()
                .call(session -> session.createNativeQuery(
                                "select set_config('statement_timeout', '60s', true) || set_config('transaction_timeout', '90s', true)",
                                String.class)
                        .getSingleResult());
    }
}
