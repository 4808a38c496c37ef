package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.SessionConnection;
import org.townsquare.platform.Statement;

/**
 * A place that is held for a check-in by staff: first the place, then the check-in, as the hot statement has it, so that neither waits for the other in a
 * circle.
 */
record FreeSeat(UUID communityId, UUID eventId, int seat) {
    private static final Statement PROMPT = new Statement(
            "select s.seat from event_seat s where s.event_id = $1 and s.attendance_id is null order by s.seat limit 1 for update skip locked");
    private static final Statement PATIENT = PROMPT.with(" skip locked", "");
    private static final Statement TAKE =
            new Statement("update event_seat set attendance_id = $3 where event_id = $1 and seat = $2");
    private static final Statement LEAVE =
            new Statement("update event_seat set attendance_id = null where event_id = $1 and attendance_id = $2");

    /** One of an event; null where everybody may come, or where none is left and it is not required. Problems: {@code event-full}. */
    static Uni<@Nullable FreeSeat> of(Event event, boolean required) {
        if (event.capacity == null) return Uni.createFrom().nullItem();
        return find(PROMPT, event)
                .chain(seat -> seat != null || !required ? Uni.createFrom().item(seat) : find(PATIENT, event))
                .invoke(seat -> {
                    if (seat == null && required) throw full();
                });
    }

    private static Uni<@Nullable FreeSeat> find(Statement statement, Event event) {
        return Panache.getSession()
                .chain(session -> new SessionConnection(session).select(statement, event.id))
                .map(rows -> rows.hasNext()
                        ? new FreeSeat(event.communityId, event.id, ((Number) rows.next()[0]).intValue())
                        : null);
    }

    /** From now on it is taken. The attendance stands in the database. */
    Uni<Void> take(Attendance by) {
        return Panache.getSession()
                .chain(session -> new SessionConnection(session).update(TAKE, eventId, seat, by.id))
                .replaceWithVoid();
    }

    /** The place of an attendance that was voided is free again; nothing, where it had none or still stands. */
    static Uni<Void> leave(Attendance attendance) {
        if (attendance.voidedAt == null) return Uni.createFrom().voidItem();
        return Panache.getSession()
                .chain(session -> new SessionConnection(session).update(LEAVE, attendance.eventId, attendance.id))
                .replaceWithVoid();
    }

    static Conflict full() {
        return new Conflict("event-full", "Every place is taken.");
    }
}
