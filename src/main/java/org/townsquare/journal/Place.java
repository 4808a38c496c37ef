package org.townsquare.journal;

import io.vertx.mutiny.sqlclient.Row;
import java.util.UUID;

/**
 * A place in the order of the journal: behind it nothing that has been read can appear any more.
 *
 * @param createdXid a transaction id of the stream's cluster, as text
 */
public record Place(int stream, String createdXid, UUID entryId) {
    /** Of a row with these three columns, the last of them by this name. */
    public static Place of(Row row, String id) {
        return new Place(row.getInteger("stream"), row.getString("created_xid"), row.getUUID(id));
    }
}
