package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.townsquare.communities.Viewer;
import org.townsquare.platform.Batched;
import org.townsquare.platform.Batching;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Deadline;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Statement;

/** What the staff at a door look at: who was there, by one statement that also judges who is looking. */
@ApplicationScoped
class AttendanceReader {
    private static final Statement PAGE = Statement.of(AttendanceReader.class, "attendances.sql");
    private static final Cursor EARLIEST = Cursor.of(new UUID(0, 0));

    private final Batched<List<AttendanceView>> pages;
    private final CurrentVertxRequest current;

    AttendanceReader(Batching batching, CurrentVertxRequest current) {
        pages = batching.readingPages(
                "attendances",
                PAGE,
                AttendanceView::of,
                UUID.class,
                UUID.class,
                OffsetDateTime.class,
                UUID.class,
                Integer.class,
                UUID[].class,
                UUID.class);
        this.current = current;
    }

    /**
     * Of an event that the viewer sees, in the order of time: all of them for its staff, for others the own one alone. Problems: {@code not-found}.
     */
    Uni<List<AttendanceView>> page(Viewer viewer, UUID eventId, Paging paging) {
        Cursor after = paging.after(EARLIEST);
        return Deadline.of(current.getCurrent())
                .bound(() -> pages.ask(
                                viewer.userIdOrNobody(),
                                eventId,
                                after.at().atOffset(ZoneOffset.UTC),
                                after.id(),
                                paging.rows(),
                                EventRights.whereAttendancesAreRead(viewer),
                                viewer.within())
                        .chain(rows -> rows.isEmpty()
                                ? nothing(viewer, eventId)
                                : Uni.createFrom().item(rows)));
    }

    /** An empty page, where the viewer sees the event. */
    private static Uni<List<AttendanceView>> nothing(Viewer viewer, UUID eventId) {
        return Panache.withSession(() -> Event.visibleTo(viewer, eventId)).replaceWith(List.of());
    }
}
