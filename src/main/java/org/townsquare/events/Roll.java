package org.townsquare.events;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Statement;

/** The roll of attendance of an event, or of all events of a group by their time, each in the order of time. */
record Roll(UUID communityId, RollScope scope, UUID id) {
    private static final int ROWS = 500;
    private static final Statement EVENT = Statement.of(Roll.class, "roll-events.sql");
    private static final Statement GROUP = EVENT.with("e.id = $2", "e.group_id = $2");
    private static final Statement PAGE = Statement.of(Roll.class, "roll-page.sql");

    /** An event whose attendances stand in it. */
    record Part(UUID eventId, String title, String timeZone) {}

    /** Page by page, as fast as they are taken; none of them is empty. */
    Multi<List<RollRow>> pages(SqlConnection snapshot) {
        return (scope == RollScope.EVENT ? EVENT : GROUP)
                .run(snapshot, communityId, id)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Part(row.getUUID("id"), row.getString("title"), row.getString("time_zone")))
                        .toList())
                .onItem()
                .transformToMulti(parts -> pages(snapshot, new Reading(new ArrayDeque<>(parts))));
    }

    private Multi<List<RollRow>> pages(SqlConnection snapshot, Reading reading) {
        if (reading.parts.isEmpty()) return Multi.createFrom().empty();
        return Multi.createBy()
                .repeating()
                .uni(() -> page(snapshot, reading))
                .whilst(page -> !reading.parts.isEmpty())
                .select()
                .where(page -> !page.isEmpty());
    }

    private Uni<List<RollRow>> page(SqlConnection snapshot, Reading reading) {
        Part part = reading.parts.element();
        return PAGE.run(
                        snapshot,
                        communityId,
                        part.eventId(),
                        OffsetDateTime.ofInstant(reading.after.at(), ZoneOffset.UTC),
                        reading.after.id(),
                        ROWS)
                .map(rows -> {
                    var page = new ArrayList<RollRow>(rows.size());
                    for (Row row : rows) page.add(RollRow.of(part, row));
                    reading.passed(page);
                    return page;
                });
    }

    /** Where a reading of it stands. */
    private static final class Reading {
        private static final Cursor FIRST = Cursor.of(new UUID(0, 0));

        private final Deque<Part> parts;
        private Cursor after = FIRST;

        Reading(Deque<Part> parts) {
            this.parts = parts;
        }

        void passed(List<RollRow> page) {
            if (page.size() < ROWS) {
                parts.remove();
                after = FIRST;
                return;
            }
            RollRow last = page.get(page.size() - 1);
            after = new Cursor(last.checkedInAtUtc(), last.id());
        }
    }
}
