package org.townsquare.audit;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Place;
import org.townsquare.platform.Statement;

/** Up to where the journal is sealed. */
record LogHead(long size, Place place) {
    private static final Statement TAKE = Statement.of(LogHead.class, "take-head.sql");

    /** The head, held until the transaction ends; null where another replica holds it. */
    static Uni<@Nullable LogHead> taken(SqlConnection tx) {
        return TAKE.run(tx).map(rows -> {
            if (rows.size() == 0) return null;
            var row = rows.iterator().next();
            return new LogHead(row.getLong("size"), Place.of(row, "entry_id"));
        });
    }
}
