package org.townsquare.events;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.townsquare.identity.ExportedRows;
import org.townsquare.identity.OnExport;
import org.townsquare.platform.Statement;

/** Where a user was. */
@Singleton
class EventsExport implements OnExport {
    private static final Statement ROWS = Statement.of(EventsExport.class, "export.sql");

    private final ExportedRows rows;

    EventsExport(ExportedRows rows) {
        this.rows = rows;
    }

    @Override
    public String part() {
        return "events";
    }

    @Override
    public Uni<Object> export(UUID userId) {
        return rows.of(ROWS, userId);
    }
}
