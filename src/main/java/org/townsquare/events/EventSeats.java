package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.SessionConnection;
import org.townsquare.platform.Statement;

/** The places of an event with a capacity, one row each: a check-in takes a free one, so that none waits for a counter. */
final class EventSeats {
    private static final Statement ADD = Statement.of(EventSeats.class, "add-seats.sql");
    private static final Statement REMOVE_FREE = Statement.of(EventSeats.class, "remove-free-seats.sql");
    private static final Statement REMOVE_ALL =
            new Statement("delete from event_seat where community_id = $1 and event_id = $2");
    private static final Statement SEAT = Statement.of(EventSeats.class, "seat-attendances.sql");
    private static final Statement UNSEATED = Statement.of(EventSeats.class, "unseated-attendance.sql");

    private EventSeats() {}

    /** Makes as many as the new event has; none where everybody may come. */
    static Uni<Void> furnish(Event event) {
        return event.capacity == null
                ? Uni.createFrom().voidItem()
                : write(event, ADD, event.capacity).replaceWithVoid();
    }

    /**
     * Adds or takes away places of an event that the caller has locked, until there are as many as it has now. Those that somebody holds, or is about to
     * hold, stay. Problems: {@code capacity-below-attendance}.
     *
     * @param before how many there are; null where everybody could come
     */
    static Uni<Void> refit(Event event, @Nullable Integer before) {
        Integer now = event.capacity;
        if (Objects.equals(now, before)) return Uni.createFrom().voidItem();
        if (now == null) return write(event, REMOVE_ALL).replaceWithVoid();
        if (before == null) return begin(event, now);
        return now >= before
                ? write(event, ADD, now - before).replaceWithVoid()
                : write(event, REMOVE_FREE, before - now)
                        .invoke(removed -> requireRoom(removed == before - now))
                        .replaceWithVoid();
    }

    /** Nobody checks in meanwhile: those who do so without a place have ended before, and are given one each. */
    private static Uni<Void> begin(Event event, int places) {
        return Event.alone(event)
                .chain(() -> write(event, ADD, places))
                .chain(() -> write(event, SEAT))
                .chain(() -> Panache.getSession())
                .chain(session -> new SessionConnection(session).select(UNSEATED, event.communityId, event.id))
                .invoke(unseated -> requireRoom(!unseated.hasNext()))
                .replaceWithVoid();
    }

    private static Uni<Integer> write(Event event, Statement statement, Object... more) {
        List<Object> values = new ArrayList<>(List.of(event.communityId, event.id));
        values.addAll(Arrays.asList(more));
        return Panache.getSession()
                .chain(session -> new SessionConnection(session).update(statement, values.toArray()));
    }

    private static void requireRoom(boolean there) {
        if (!there) throw new Conflict("capacity-below-attendance", "More people than that have checked in already.");
    }
}
