package org.townsquare.audit;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Statement;

/** A checkpoint as the database keeps it. */
record StoredCheckpoint(long size, Digest root, String note) {
    private static final Statement LAST = Statement.of(StoredCheckpoint.class, "last-checkpoint.sql");

    /** The largest one; null where none was signed yet. */
    static Uni<@Nullable StoredCheckpoint> last(SqlClient client) {
        return LAST.run(client).map(rows -> {
            if (rows.size() == 0) return null;
            var row = rows.iterator().next();
            return new StoredCheckpoint(
                    row.getLong("size"), Digest.of(row.getBuffer("root").getBytes()), row.getString("note"));
        });
    }
}
