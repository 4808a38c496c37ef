package org.townsquare.journal;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Set;

/**
 * Reads the journal in order and does what follows from it. What it does in the given transaction commits together with its position, so it
 * happens exactly once.
 */
public interface Follower {
    /** Under which its position is kept; never changes. */
    String name();

    /** The facts that it wants to see. */
    Set<Class<? extends Fact>> follows();

    /** How many entries it takes in one transaction at most; few where each takes its time. */
    default int atOnce() {
        return Integer.MAX_VALUE;
    }

    /** Acts on a part of the journal, in its order. A failure rolls all of it back; the entry that fails alone is retried, then set aside. */
    Uni<Void> on(SqlConnection transaction, List<Recorded> entries);
}
