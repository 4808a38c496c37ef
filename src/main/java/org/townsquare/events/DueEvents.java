package org.townsquare.events;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.townsquare.journal.Actor;
import org.townsquare.journal.Journal;
import org.townsquare.platform.DueRows;
import org.townsquare.platform.InBackground;
import org.townsquare.platform.Statement;

/** Writes down what time has made true of events. Nothing waits for it: the phase of an event follows from its row and the clock. */
@ApplicationScoped
class DueEvents {
    private static final Logger LOG = Logger.getLogger(DueEvents.class);

    private static final DueRows DUE = new DueRows(
            "select community_id, id, closes_at from event where state = 'OPEN' and closes_at <= clock_timestamp() "
                    + "and (closes_at, id) > ($1::timestamptz, $2::uuid) order by closes_at, id limit $3::int");

    /** Of several replicas the first one closes it; the others wait for its row and find it closed. */
    private static final Statement CLOSE = new Statement(
            "update event set state = 'CLOSED', closed_at = closes_at, version = version + 1, updated_at = clock_timestamp() "
                    + "where community_id = $1 and id = $2 and state = 'OPEN' and closes_at <= clock_timestamp()");

    private static final Statement FORGET = Statement.of(DueEvents.class, "forget-devices.sql");

    private final Pool pool;
    private final Journal journal;

    DueEvents(Pool pool, Journal journal) {
        this.pool = pool;
        this.journal = journal;
    }

    /**
     * Closes the events whose closing time is past, each in its own transaction with its fact. How often a replica looks for them says
     * {@code townsquare.events.closing-poll}: a duration such as {@code 10s}, the default, or {@code off}.
     */
    @Scheduled(every = "${townsquare.events.closing-poll}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @InBackground
    Uni<Void> close() {
        return DUE.each(
                        pool,
                        this::close,
                        (row, e) -> LOG.warnf("event %s waits to be closed: %s", row.getUUID("id"), e.toString()))
                .onFailure()
                .invoke(e -> LOG.warnf("due events wait: %s", e.toString()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> close(Row due) {
        UUID community = due.getUUID("community_id");
        UUID event = due.getUUID("id");
        return pool.withTransaction(tx -> CLOSE.run(tx, community, event)
                .chain(closed -> closed.rowCount() == 0
                        ? Uni.createFrom().voidItem()
                        : journal.record(tx, Actor.SYSTEM, new EventClosed(community, event))));
    }

    /** Seven days after its end nothing tells any more which anonymous device was at an event. */
    @Scheduled(every = "24h", delayed = "30m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @InBackground
    Uni<Void> forgetDevices() {
        return FORGET.run(pool)
                .replaceWithVoid()
                .ifNoItem()
                .after(Duration.ofMinutes(10))
                .fail();
    }
}
