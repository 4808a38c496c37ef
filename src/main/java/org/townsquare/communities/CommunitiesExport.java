package org.townsquare.communities;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.townsquare.identity.ExportedRows;
import org.townsquare.identity.OnExport;
import org.townsquare.platform.Statement;

/** Where a user is a member, with what is kept about it, and the invitations they sent. */
@Singleton
class CommunitiesExport implements OnExport {
    private static final Statement ROWS = Statement.of(CommunitiesExport.class, "export.sql");

    private final ExportedRows rows;

    CommunitiesExport(ExportedRows rows) {
        this.rows = rows;
    }

    @Override
    public String part() {
        return "communities";
    }

    @Override
    public Uni<Object> export(UUID userId) {
        return rows.of(ROWS, userId);
    }
}
