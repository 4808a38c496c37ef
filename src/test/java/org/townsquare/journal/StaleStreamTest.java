package org.townsquare.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.townsquare.audit.OwnLog;
import org.townsquare.platform.Ids;
import org.townsquare.platform.Problem;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;

/** A journal that was restored into another cluster, whose transaction ids lie behind those of its entries. */
@QuarkusTest
@QuarkusTestResource(Database.class)
@TestProfile(StaleStreamTest.Alone.class)
class StaleStreamTest {
    /** With a database of its own, in which nobody else writes. */
    public static class Alone extends OwnLog {}

    @Inject
    AgroalDataSource database;

    @Inject
    Pool pool;

    @Inject
    ObjectMapper json;

    @Inject
    Clock clock;

    @Test
    void a_replica_is_not_ready_until_the_next_stream_is_open_and_reads_what_was_written_before_in_order()
            throws Exception {
        UUID restored = entry(1, "99999999");
        var replica = new JournalStream(database);
        replica.open(new StartupEvent());
        assertTrue(replica.isStale());
        var health = new JournalStreamHealth(replica).call();
        assertEquals(Status.DOWN, health.getStatus());
        assertEquals("journal-stream-stale", health.getData().orElseThrow().get("reason"));
        var journal = new Journal(json, clock, replica);
        var closing = new FollowerTest.Noted(Ids.next());
        assertEquals(
                "journal-stream-stale",
                assertThrows(Problem.Busy.class, () -> journal.entry(Actor.SYSTEM, closing)).code);
        replica.look();
        assertTrue(replica.isStale(), "nothing was opened");
        assertFalse(read().contains(restored), "behind the horizon something may come in between");
        try (var db = Database.connect()) {
            assertEquals(2, JournalStream.openNext(db).number());
        }
        replica.look();
        assertEquals(Status.UP, new JournalStreamHealth(replica).call().getStatus());
        assertEquals(2, journal.entry(Actor.SYSTEM, closing).stream());
        UUID first = entry(2, "");
        var both = List.of(restored, first);
        Eventually.holds(
                () -> assertEquals(both, read().stream().filter(both::contains).toList()));
    }

    private List<UUID> read() {
        var start = new Place(0, "0", new UUID(0, 0));
        return JournalOrder.after(pool, start, 10_000).await().indefinitely().stream()
                .map(it -> it.place().entryId())
                .toList();
    }

    private static UUID entry(int stream, String createdXid) {
        UUID id = Ids.next();
        Database.update(
                "insert into journal_entry (id, stream, created_xid, at, kind, subject_type, subject_id, credential, body) values (?, ?, coalesce(nullif(?, '')::xid8, pg_current_xact_id()), clock_timestamp(), 'Noted', 'note', ?, 'SYSTEM', '{}')",
                id,
                stream,
                createdXid,
                id);
        return id;
    }
}
