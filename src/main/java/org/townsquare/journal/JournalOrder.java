package org.townsquare.journal;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Statement;

/** The journal in its order, for who seals it: below the horizon of transaction ids, so that nothing comes in between later. */
public final class JournalOrder {
    private static final Statement UNSEALED = Statement.of(JournalOrder.class, "unsealed.sql");
    private static final Statement LAG = Statement.of(JournalOrder.class, "lag.sql");

    private JournalOrder() {}

    /**
     * An entry as it is sealed.
     *
     * @param entry SHA-256 of its body
     */
    public record Unsealed(Place place, @Nullable UUID communityId, Digest entry) {}

    /** What comes behind a place. */
    public static Uni<List<Unsealed>> after(SqlClient client, Place place, int limit) {
        return UNSEALED.run(client, place.stream(), place.createdXid(), place.entryId(), limit)
                .map(rows -> {
                    var found = new ArrayList<Unsealed>(rows.size());
                    for (var row : rows)
                        found.add(new Unsealed(
                                Place.of(row, "id"),
                                row.getUUID("community_id"),
                                Digest.of(row.getBuffer("entry").getBytes())));
                    return found;
                });
    }

    /** The age of the first entry behind a place, in seconds; 0 where there is none. */
    public static Uni<Double> lagSeconds(SqlClient client, Place place) {
        return LAG.run(client, place.stream(), place.createdXid(), place.entryId())
                .map(rows -> rows.size() == 0 ? 0 : rows.iterator().next().getDouble("seconds"));
    }
}
