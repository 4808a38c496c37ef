package org.townsquare.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.townsquare.platform.Background;
import org.townsquare.platform.Ids;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;

@QuarkusTest
@QuarkusTestResource(Database.class)
class FollowerTest {
    record Noted(UUID noteId) implements Fact {
        @Override
        public @Nullable UUID communityId() {
            return null;
        }

        @Override
        public Subject subject() {
            return new Subject("note", noteId);
        }

        @Override
        public Audience audience() {
            return Audience.SECURITY;
        }
    }

    /** Writes down each entry that it sees; a second time would break its primary key. */
    static final class Scribe implements Follower {
        final String name = "scribe-" + Ids.next();
        final AtomicInteger refusals = new AtomicInteger();
        volatile @Nullable UUID poison;
        volatile int atOnce = Integer.MAX_VALUE;
        volatile int most;

        @Override
        public String name() {
            return name;
        }

        @Override
        public int atOnce() {
            return atOnce;
        }

        @Override
        public Set<Class<? extends Fact>> follows() {
            return Set.of(Noted.class);
        }

        @Override
        public Uni<Void> on(SqlConnection tx, List<Recorded> entries) {
            most = Math.max(most, entries.size());
            return Multi.createFrom()
                    .iterable(entries)
                    .onItem()
                    .transformToUniAndConcatenate(entry -> {
                        if (entry.id().equals(poison)) {
                            refusals.incrementAndGet();
                            throw new IllegalStateException("this one cannot be read");
                        }
                        return tx.preparedQuery("insert into paper.seen (scribe, entry_id) values ($1, $2)")
                                .execute(Tuple.of(name, entry.id()));
                    })
                    .collect()
                    .asList()
                    .replaceWithVoid();
        }
    }

    record Settings(int batch, int tries) implements FollowersConfig {
        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public Duration idlePoll() {
            return Duration.ofMillis(10);
        }

        @Override
        public Duration backoff() {
            return Duration.ofMillis(20);
        }
    }

    @Inject
    Pool pool;

    @Inject
    Background background;

    @Inject
    ObjectMapper json;

    final Scribe scribe = new Scribe();

    @BeforeEach
    void paper() throws SQLException {
        try (Connection db = Database.connect();
                var sql = db.createStatement()) {
            sql.execute(
                    "create schema if not exists paper; create table if not exists paper.seen (n bigint generated always as identity, scribe varchar, entry_id uuid, primary key (scribe, entry_id))");
        }
        // begins where the journal stands now
        try (Connection db = Database.connect();
                var sql = db.prepareStatement(
                        "insert into follower (name, stream, created_xid) values (?, 1, pg_current_xact_id())")) {
            sql.setString(1, scribe.name);
            assertEquals(1, sql.executeUpdate());
        }
    }

    FollowerRun run(int batch, int tries) {
        return new FollowerRun(
                scribe, pool, new Kinds(json, List.of(() -> List.of(Noted.class))), new Settings(batch, tries));
    }

    void skip() throws SQLException {
        try (Connection db = Database.connect();
                var sql = db.prepareStatement(
                        "update follower set stream = 1, created_xid = pg_current_xact_id() where name = ?")) {
            sql.setString(1, scribe.name);
            assertEquals(1, sql.executeUpdate());
        }
    }

    @CanIgnoreReturnValue
    static UUID note(Connection db) throws SQLException {
        UUID id = Ids.next();
        try (var sql = db.prepareStatement(
                "insert into journal_entry (id, stream, at, kind, subject_type, subject_id, credential, body) values (?, 1, clock_timestamp(), 'Noted', 'note', ?, 'SYSTEM', ?)")) {
            sql.setObject(1, id);
            sql.setObject(2, id);
            sql.setBytes(3, ("{\"fact\":{\"noteId\":\"" + id + "\"}}").getBytes(StandardCharsets.UTF_8));
            sql.executeUpdate();
        }
        return id;
    }

    List<UUID> seen() throws SQLException {
        try (Connection db = Database.connect();
                var sql = db.prepareStatement("select entry_id from paper.seen where scribe = ? order by n")) {
            sql.setString(1, scribe.name);
            var ids = new ArrayList<UUID>();
            var rows = sql.executeQuery();
            while (rows.next()) ids.add(rows.getObject(1, UUID.class));
            return ids;
        }
    }

    static void all(FollowerRun run) {
        boolean more = true;
        while (more) more = step(run);
    }

    @CanIgnoreReturnValue
    static boolean step(FollowerRun run) {
        return run.advance().await().indefinitely();
    }

    @Test
    void an_entry_that_commits_late_is_not_lost_and_nobody_reads_past_it() throws Exception {
        FollowerRun run = run(100, 3);
        try (Connection late = Database.connect();
                Connection early = Database.connect()) {
            late.setAutoCommit(false);
            UUID first = note(late);
            UUID second = note(early);
            UUID third = note(early);
            all(run);
            assertEquals(List.of(), seen(), "the transaction of the first entry is still open");
            late.commit();
            Eventually.holds(Duration.ofSeconds(10), "all three are seen", () -> {
                all(run);
                return seen().size() == 3;
            });
            assertEquals(List.of(first, second, third), seen());
        }
    }

    @Test
    void an_entry_that_rolls_back_holds_up_nobody_for_good() throws Exception {
        FollowerRun run = run(100, 3);
        try (Connection gone = Database.connect();
                Connection stays = Database.connect()) {
            gone.setAutoCommit(false);
            note(gone);
            UUID kept = note(stays);
            gone.rollback();
            Eventually.holds(Duration.ofSeconds(10), "the kept one is seen", () -> {
                all(run);
                return seen().equals(List.of(kept));
            });
        }
    }

    @Test
    void two_competing_replicas_see_each_of_many_entries_once() throws Exception {
        int writers = 6;
        int each = 40;
        var written = Collections.synchronizedList(new ArrayList<UUID>());
        var threads = Executors.newFixedThreadPool(writers + 2);
        var writing = new AtomicInteger(writers);
        var tasks = new ArrayList<Callable<Void>>();
        for (int i = 0; i < writers; i++)
            tasks.add(() -> {
                try (Connection db = Database.connect()) {
                    db.setAutoCommit(false);
                    for (int n = 0; n < each; n++) {
                        UUID id = note(db);
                        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(3_000_000));
                        db.commit();
                        written.add(id);
                    }
                } finally {
                    writing.decrementAndGet();
                }
                return null;
            });
        for (int i = 0; i < 2; i++) {
            FollowerRun replica = run(7, 3);
            tasks.add(() -> {
                while (writing.get() > 0) step(replica);
                return null;
            });
        }
        for (var done : threads.invokeAll(tasks)) done.get();
        threads.shutdown();
        Eventually.holds(Duration.ofSeconds(20), "every entry is seen", () -> {
            all(run(100, 3));
            return seen().size() >= writers * each;
        });
        assertEquals(writers * each, seen().size(), "none twice, none of others");
        assertTrue(seen().containsAll(written), "none lost");
    }

    @Test
    void an_entry_that_cannot_be_read_is_set_aside_and_the_follower_goes_on() throws Exception {
        FollowerRun run = run(100, 1);
        UUID first;
        UUID unreadable = Ids.next();
        UUID third;
        try (Connection db = Database.connect()) {
            first = note(db);
            Database.update(
                    "insert into journal_entry (id, stream, at, kind, subject_type, subject_id, credential, body) values (?, 1, clock_timestamp(), 'Noted', 'note', ?, 'SYSTEM', '{\"fact\":{\"noteId\":\"of tomorrow\"}}')",
                    unreadable,
                    unreadable);
            third = note(db);
        }
        Eventually.holds(Duration.ofSeconds(10), "the others are seen", () -> {
            all(run);
            return seen().equals(List.of(first, third));
        });
        assertEquals(
                List.of(unreadable.toString()),
                Database.texts("select entry_id from dead_entry where follower = ?", scribe.name));
    }

    @Test
    void an_entry_that_keeps_failing_is_set_aside_and_the_follower_goes_on() throws Exception {
        FollowerRun run = run(100, 3);
        UUID before;
        UUID bad;
        UUID after;
        try (Connection db = Database.connect()) {
            before = note(db);
            bad = note(db);
            after = note(db);
        }
        scribe.poison = bad;
        Eventually.holds(Duration.ofSeconds(10), "the others are seen", () -> {
            all(run);
            return seen().equals(List.of(before, after));
        });
        assertTrue(scribe.refusals.get() >= 3, "tried " + scribe.refusals.get() + " times");
        assertEquals(List.of("3|java.lang.IllegalStateException: this one cannot be read|dead"), setAside());

        assertFalse(retry(run, after), "only what is dead is retried");
        scribe.poison = null;
        assertTrue(retry(run, bad));
        assertEquals(List.of(before, after, bad), seen());
        assertEquals(List.of(), setAside());
    }

    @Test
    void an_entry_that_fails_once_is_tried_again_in_its_place() throws Exception {
        FollowerRun run = run(100, 5);
        UUID bad;
        UUID after;
        try (Connection db = Database.connect()) {
            bad = note(db);
            after = note(db);
        }
        scribe.poison = bad;
        Eventually.holds(Duration.ofSeconds(10), "it failed", () -> {
            step(run);
            return !setAside().isEmpty();
        });
        scribe.poison = null;
        Eventually.holds(Duration.ofSeconds(10), "both are seen", () -> {
            all(run);
            return seen().equals(List.of(bad, after));
        });
        assertEquals(List.of(), setAside());
    }

    @Test
    void a_long_backlog_is_caught_up_batch_by_batch_without_end_of_the_stack() throws Exception {
        try (Connection db = Database.connect();
                var sql = db.createStatement()) {
            sql.execute(
                    "insert into journal_entry (id, stream, at, kind, subject_type, subject_id, credential, body) "
                            + "select uuidv7(), 1, clock_timestamp(), 'Noted', 'note', gen_random_uuid(), 'SYSTEM', '{\"fact\":{\"noteId\":\"0198f6a0-0000-7000-8000-000000000000\"}}' from generate_series(1, 6000)");
        }
        var runner = new FollowerRunner(
                pool,
                new Settings(1, 3),
                new Followers(
                        pool,
                        new Kinds(json, List.of(() -> List.of(Noted.class))),
                        new Settings(1, 3),
                        List.of(scribe)),
                background);
        Eventually.holds(Duration.ofSeconds(60), "the whole backlog is seen", () -> {
            var unused = runner.run().await().indefinitely();
            return seen().size() == 6000;
        });
    }

    @Test
    void what_a_follower_does_not_want_does_not_hold_it_up() throws Exception {
        scribe.atOnce = 1;
        FollowerRun run = run(100, 3);
        UUID first;
        UUID second;
        UUID third;
        try (Connection db = Database.connect()) {
            rush(db, 2_000);
            first = note(db);
            second = note(db);
            rush(db, 2_000);
            third = note(db);
            rush(db, 50);
        }
        Eventually.holds(Duration.ofSeconds(10), "the horizon is past all of them", FollowerTest::nobodyWrites);
        int batches = 1;
        while (step(run)) batches++;
        assertEquals(List.of(first, second, third), seen());
        assertEquals(1, scribe.most, "no more at once than it takes");
        assertTrue(batches < 20, batches + " batches for three entries");
    }

    @Test
    void an_entry_that_fails_amid_others_that_nobody_wants_is_the_one_set_aside() throws Exception {
        scribe.atOnce = 1;
        FollowerRun run = run(100, 2);
        UUID bad;
        UUID after;
        try (Connection db = Database.connect()) {
            rush(db, 30);
            bad = note(db);
            rush(db, 30);
            after = note(db);
            rush(db, 30);
        }
        scribe.poison = bad;
        Eventually.holds(Duration.ofSeconds(10), "the other is seen", () -> {
            all(run);
            return seen().equals(List.of(after));
        });
        assertEquals(List.of("2|java.lang.IllegalStateException: this one cannot be read|dead"), setAside());
        scribe.poison = null;
        assertTrue(retry(run, bad));
        assertEquals(List.of(after, bad), seen());
    }

    private static void rush(Connection db, int entries) throws SQLException {
        try (var sql = db.prepareStatement(
                "insert into journal_entry (id, stream, at, kind, subject_type, subject_id, credential, body) "
                        + "select uuidv7(), 1, clock_timestamp(), 'Unwanted', 'note', gen_random_uuid(), 'SYSTEM', '{}' from generate_series(1, ?)")) {
            sql.setInt(1, entries);
            assertEquals(entries, sql.executeUpdate());
        }
    }

    private static boolean nobodyWrites() throws SQLException {
        try (Connection db = Database.connect();
                var sql = db.createStatement();
                var rows = sql.executeQuery(
                        "select max(created_xid) < pg_snapshot_xmin(pg_current_snapshot()) from journal_entry")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    static boolean retry(FollowerRun run, UUID entry) {
        return run.retry(entry).await().indefinitely();
    }

    List<String> setAside() throws SQLException {
        try (Connection db = Database.connect();
                var sql = db.prepareStatement(
                        "select tries || '|' || error || '|' || case when next_try_at is null then 'dead' else 'waits' end from dead_entry where follower = ?")) {
            sql.setString(1, scribe.name);
            var rows = sql.executeQuery();
            var out = new ArrayList<String>();
            while (rows.next()) out.add(rows.getString(1));
            return out;
        }
    }
}
