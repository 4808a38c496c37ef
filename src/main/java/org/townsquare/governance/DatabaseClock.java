package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.OffsetDateTime;

/** The clock that judges deadlines: one for all replicas. Read after the lock, so that nothing waits between the reading and the act. */
final class DatabaseClock {
    private DatabaseClock() {}

    static Uni<Instant> now() {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery("select clock_timestamp()").getSingleResult())
                .map(DatabaseClock::instant);
    }

    static Instant instant(Object value) {
        return value instanceof OffsetDateTime time ? time.toInstant() : (Instant) value;
    }
}
