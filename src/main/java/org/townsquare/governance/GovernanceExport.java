package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.townsquare.identity.ExportedRows;
import org.townsquare.identity.OnExport;
import org.townsquare.platform.Statement;

/** What a user proposed, how they voted, and what they said. */
@Singleton
class GovernanceExport implements OnExport {
    private static final Statement ROWS = Statement.of(GovernanceExport.class, "export.sql");

    private final ExportedRows rows;

    GovernanceExport(ExportedRows rows) {
        this.rows = rows;
    }

    @Override
    public String part() {
        return "governance";
    }

    @Override
    public Uni<Object> export(UUID userId) {
        return rows.of(ROWS, userId);
    }
}
