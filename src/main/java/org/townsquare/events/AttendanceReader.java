package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.townsquare.communities.Viewer;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Deadline;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Statement;

/** What the staff at a door look at: who was there, by one statement that also judges who is looking. */
@ApplicationScoped
class AttendanceReader {
    private static final Statement PAGE = Statement.of(AttendanceReader.class, "attendances.sql");
    private static final Cursor EARLIEST = Cursor.of(new UUID(0, 0));

    private final Pool pool;
    private final CurrentVertxRequest current;

    AttendanceReader(Pool pool, CurrentVertxRequest current) {
        this.pool = pool;
        this.current = current;
    }

    /**
     * Of an event that the viewer sees, in the order of time: all of them for its staff, for others the own one alone. Problems: {@code not-found}.
     */
    Uni<List<AttendanceView>> page(Viewer viewer, UUID eventId, Paging paging) {
        Cursor after = paging.after(EARLIEST);
        return Deadline.of(current.getCurrent())
                .bound(() -> PAGE.run(
                                pool,
                                viewer.userIdOrNobody(),
                                eventId,
                                after.at().atOffset(ZoneOffset.UTC),
                                after.id(),
                                paging.rows(),
                                EventRights.whereAttendancesAreRead(viewer),
                                viewer.within())
                        .chain(rows -> rows.size() == 0
                                ? nothing(viewer, eventId)
                                : Uni.createFrom()
                                        .item(rows.stream()
                                                .map(AttendanceView::of)
                                                .toList())));
    }

    /** An empty page, where the viewer sees the event. */
    private static Uni<List<AttendanceView>> nothing(Viewer viewer, UUID eventId) {
        return Panache.withSession(() -> Event.visibleTo(viewer, eventId)).replaceWith(List.of());
    }
}
