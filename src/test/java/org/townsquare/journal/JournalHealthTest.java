package org.townsquare.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Rows;

/** What stands in the way of the readers of the journal is shown, and takes no replica out of service. */
@QuarkusTest
@QuarkusTestResource(Database.class)
@TestProfile(StaleStreamTest.Alone.class)
class JournalHealthTest {
    @Inject
    Pool pool;

    private Instant now = Instant.parse("2026-11-30T12:00:00Z");

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    private void shows(JournalHealth health, boolean degraded) {
        health.look().await().atMost(Duration.ofSeconds(20));
        var shown = health.call();
        assertEquals(Status.UP, shown.getStatus());
        assertEquals(degraded, shown.getData().orElseThrow().get("degraded"), shown.getData()::toString);
    }

    @Test
    void a_transaction_that_writes_and_stays_open_is_shown_whoever_has_it() throws SQLException {
        var health = new JournalHealth(pool, new SimpleMeterRegistry(), clock);
        try (Connection writer = Database.connect()) {
            writer.setAutoCommit(false);
            var began = writer.createStatement().executeQuery("select pg_current_xact_id()::text::bigint");
            assertTrue(began.next());
            long id = began.getLong(1);
            // another begins after it: who is the last holds nobody up
            assertTrue(Rows.count("select pg_current_xact_id()::text::bigint") > id);
            // what had begun before it ends first
            Eventually.holds(
                    () -> assertEquals(id, Rows.count("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")));
            shows(health, false);
            now = now.plusSeconds(60);
            shows(health, false);
            now = now.plusSeconds(1);
            shows(health, true);
            writer.rollback();
        }
        now = now.plusSeconds(1);
        shows(health, false);
    }

    @Test
    void partitions_that_end_are_shown() {
        var health = new JournalHealth(pool, new SimpleMeterRegistry(), clock);
        shows(health, false);
        rename("journal_entry_", "'later_' || right(it, 7) || '_0001_01'");
        try {
            shows(health, true);
        } finally {
            rename("later_", "'journal_entry_' || substr(it, 7, 7)");
        }
        shows(health, false);
    }

    /** Those of the months to come, so that they look as if there were none. */
    private static void rename(String from, String to) {
        Database.update("""
                do $$ declare it text; begin
                    for it in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                        where i.inhparent = 'journal_entry'::regclass and c.relname like '%s%%'
                          and c.relname <> 'journal_entry_' || to_char(now() at time zone 'UTC', 'YYYY_MM')
                    loop
                        execute format('alter table %%I rename to %%I', it, %s);
                    end loop;
                end $$""".formatted(from, to));
    }
}
