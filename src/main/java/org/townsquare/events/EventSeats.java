package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;

/** The places of an event with a capacity, one row each: a check-in takes a free one, so that none waits for a counter. */
final class EventSeats {
    private EventSeats() {}

    /** Makes as many as the new event has; none where everybody may come. */
    static Uni<Void> furnish(Event event) {
        Integer capacity = event.capacity;
        if (capacity == null) return Uni.createFrom().voidItem();
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "insert into event_seat (community_id, event_id, seat) select ?1, ?2, generate_series(1, ?3)")
                        .setParameter(1, event.communityId)
                        .setParameter(2, event.id)
                        .setParameter(3, capacity)
                        .executeUpdate())
                .replaceWithVoid();
    }
}
