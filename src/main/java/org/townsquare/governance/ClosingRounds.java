package org.townsquare.governance;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.townsquare.platform.DueRows;
import org.townsquare.platform.Problem;

/**
 * The rounds in which a replica closes what is due, each thing in a transaction of its own. Several replicas may do so at once: the lock decides, and the
 * second finds nothing to do. What stays open because its count does not add up is remembered until the next round, and reported once.
 */
final class ClosingRounds {
    private static final Logger LOG = Logger.getLogger(ClosingRounds.class);

    private final Pool pool;
    private final String thing;
    private volatile List<UUID> mismatched = List.of();

    /** @param thing what is closed, for the log */
    ClosingRounds(Pool pool, String thing) {
        this.pool = pool;
        this.thing = thing;
    }

    /** What a round looks for, and how one of it is closed. */
    record Search(DueRows rows, Function<UUID, Uni<Void>> close) {}

    void measured(MeterRegistry metrics, String name, String description) {
        Gauge.builder(name, this, rounds -> rounds.mismatched().size())
                .description(description)
                .register(metrics);
    }

    /** What the last round left open because its count does not add up. */
    List<UUID> mismatched() {
        return mismatched;
    }

    Uni<Void> run(Search due, Search complete) {
        var left = new ArrayList<UUID>();
        return each(due, left)
                .chain(() -> each(complete, left))
                .invoke(() -> mismatched = List.copyOf(left))
                .onFailure()
                .invoke(e -> LOG.warnf("each %s waits to be closed: %s", thing, e.toString()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> each(Search search, List<UUID> left) {
        return search.rows()
                .each(
                        pool,
                        row -> search.close().apply(row.getUUID("id")),
                        (row, e) -> leave(row.getUUID("id"), e, left));
    }

    private void leave(UUID id, Throwable e, List<UUID> left) {
        if (e instanceof Problem problem && problem.code.equals("tally-mismatch")) {
            left.add(id);
            if (!mismatched.contains(id)) LOG.errorf("the count of %s %s does not add up: it stays open", thing, id);
        } else LOG.warnf("%s %s waits to be closed: %s", thing, id, e.toString());
    }
}
