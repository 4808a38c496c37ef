package org.townsquare.audit;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.townsquare.audit.Scribe.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.townsquare.platform.Background;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Ids;
import org.townsquare.platform.Outage;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
@TestProfile(OwnLog.class)
class SealTest {
    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    @Inject
    Background background;

    @Inject
    Clock clock;

    @Inject
    AuditConfig config;

    @Inject
    Scribe scribe;

    private Path folder;

    private FolderSink sink;
    private LogState state;
    private Sealer sealer;

    @BeforeEach
    void replica(@TempDir Path published) {
        folder = published;
        sink = new FolderSink(folder);
        state = new LogState();
        sealer = sealer(state, 10_000);
    }

    record Settings(AuditConfig of, int batch, boolean sealing) implements AuditConfig {
        @Override
        public Duration sealEvery() {
            return of.sealEvery();
        }

        @Override
        public Duration checkpointEvery() {
            return Duration.ZERO;
        }

        @Override
        public Optional<String> origin() {
            return of.origin();
        }

        @Override
        public Optional<String> signingKey() {
            return of.signingKey();
        }

        @Override
        public Optional<List<String>> formerKeys() {
            return of.formerKeys();
        }

        @Override
        public Optional<List<String>> sinks() {
            return of.sinks();
        }

        @Override
        public boolean isPublic() {
            return of.isPublic();
        }
    }

    /** Another replica, publishing to the folder of this test. */
    private Sealer sealer(LogState itsState, int batch) {
        var settings = new Settings(config, batch, true);
        return new Sealer(pool, vertx, settings, notary(itsState, new LogKeys(settings)), itsState, clock, background);
    }

    private Notary notary(LogState itsState, LogKeys keys) {
        return notary(itsState, keys, () -> sink);
    }

    private Notary notary(LogState itsState, LogKeys keys, Supplier<Sink> publishedIn) {
        return new Notary(
                pool,
                vertx,
                new Settings(config, 1, true),
                keys,
                new Sinks(config) {
                    @Override
                    List<Sink> all() {
                        return List.of(publishedIn.get());
                    }
                },
                itsState);
    }

    @CanIgnoreReturnValue
    private int all(Sealer by) {
        int sealed = 0;
        for (int n = await(by.seal()); n > 0; n = await(by.seal())) sealed += n;
        return sealed;
    }

    /** The journal has entries of followers and jobs of others too: all that are there are sealed, however long that takes. */
    private void sealsAll() throws Exception {
        Eventually.holds(Duration.ofSeconds(20), "everything is sealed", () -> {
            all(sealer);
            return unsealed() == 0;
        });
    }

    /** Soon: what is new is sealed, and so signed, only when no older transaction of somebody else stands before it. */
    private void runsInto(LogAlarm alarm) {
        Eventually.holds(() -> {
            await(sealer.run());
            assertEquals(alarm, state.alarm());
        });
    }

    /** As the service does, which comes again a moment later: who gets the dead connection, before the pool has read that it is closed, fails as well. */
    private void comesAgainAndSealsAll() throws Exception {
        Eventually.holds(Duration.ofSeconds(20), "everything is sealed", () -> {
            try {
                all(sealer);
            } catch (RuntimeException e) {
                if (!Outage.leavesDoubt(e)) throw e;
                return false;
            }
            return unsealed() == 0;
        });
    }

    private static long unsealed() {
        return Rows.count(
                "select count(*) from journal_entry e where not exists (select from log_leaf l where l.entry_id = e.id)");
    }

    private static Digest recomputed(long size) throws SQLException {
        var tree = new GrowingTree((part, hash) -> {});
        try (Connection db = Database.connect();
                var sql = db.prepareStatement(
                        "select l.community_id, l.community_index, sha256(e.body) from log_leaf l join journal_entry e on e.id = l.entry_id where l.leaf_index < ? order by l.leaf_index")) {
            sql.setLong(1, size);
            var rows = sql.executeQuery();
            while (rows.next())
                tree.add(new Leaf(rows.getObject(1, UUID.class), Digest.of(rows.getBytes(3)), rows.getLong(2)).hash());
        }
        assertEquals(size, tree.size());
        return tree.root();
    }

    private static long size() {
        return Rows.count("select size from log_head");
    }

    @Test
    void entries_are_sealed_in_the_order_of_the_journal_with_indexes_without_a_gap() throws Exception {
        scribe.writes(333, Arrays.asList(Ids.next(), null, Ids.next()));
        Village.open();
        sealsAll();
        assertEquals(
                List.of(),
                Database.texts(
                        "select entry_id::text from (select l.entry_id, l.leaf_index, row_number() over "
                                + "(order by e.stream, e.created_xid, e.id) - 1 as place from log_leaf l join journal_entry e on e.id = l.entry_id) as x where leaf_index <> place"));
        assertEquals(
                List.of(),
                Database.texts(
                        "select entry_id::text from (select entry_id, community_index, row_number() over (partition by community_id order by leaf_index) - 1 as place from log_leaf) as x where community_index <> place"));
        assertEquals(Rows.count("select count(*) from log_leaf"), size());
        assertEquals(
                List.of(size() + ""),
                Database.texts(
                        "select l.leaf_index + 1 from log_head h join log_leaf l on l.entry_id = h.entry_id join journal_entry e on e.id = h.entry_id and (e.stream, e.created_xid) = (h.stream, h.created_xid)"));
    }

    @Test
    void the_kept_nodes_and_the_root_are_those_of_a_recomputation_whatever_the_batches_were() throws Exception {
        scribe.writes(300, Arrays.asList(Ids.next(), Ids.next()));
        all(sealer(state, 7));
        scribe.writes(900, Arrays.asList(Ids.next(), null));
        all(sealer(state, 257));
        sealsAll();
        long size = size();
        assertTrue(size > 1_100, size + " leaves");
        assertEquals(recomputed(size), await(LogTree.root(pool, size)));
        long nodes = 0;
        for (long width = 256; width <= size; width *= 2) nodes += size / width;
        assertEquals(nodes, Rows.count("select count(*) from log_node"));
        for (long at : List.of(1L, 255L, 256L, 257L, 512L, 700L, 1024L, size - 1))
            assertEquals(recomputed(at), await(LogTree.root(pool, at)), "the root at " + at);
    }

    @Test
    void an_entry_that_commits_late_is_waited_for_and_nothing_behind_it_is_sealed() throws Exception {
        sealsAll();
        try (Connection late = Database.connect();
                Connection early = Database.connect()) {
            late.setAutoCommit(false);
            UUID first = note(late);
            UUID second = note(early);
            all(sealer);
            assertEquals(List.of(), leaves(first, second));
            late.commit();
            sealsAll();
            assertEquals(List.of(first.toString(), second.toString()), leaves(first, second));
        }
    }

    private static List<String> leaves(UUID first, UUID second) {
        return Database.texts(
                "select entry_id::text from log_leaf where entry_id in (?, ?) order by leaf_index", first, second);
    }

    /** A body that is none: the sealer does not care, the verification would. */
    static UUID note(Connection db) throws SQLException {
        UUID id = Ids.next();
        try (var sql = db.prepareStatement(
                "insert into journal_entry (id, stream, at, kind, subject_type, subject_id, credential, body) values (?, 1, clock_timestamp(), 'Noted', 'note', ?, 'SYSTEM', '{}')")) {
            sql.setObject(1, id);
            sql.setObject(2, id);
            sql.executeUpdate();
        }
        return id;
    }

    @Test
    void replicas_that_seal_at_once_seal_each_entry_once() throws Exception {
        long before = size();
        var done = new AtomicBoolean();
        var threads = Executors.newFixedThreadPool(4);
        var tasks = new ArrayList<Callable<@Nullable Void>>();
        for (int i = 0; i < 3; i++) {
            Sealer replica = sealer(new LogState(), 11);
            tasks.add(() -> {
                while (!done.get()) all(replica);
                return null;
            });
        }
        tasks.add(() -> {
            try {
                scribe.writes(400, Arrays.asList(Ids.next(), null));
            } finally {
                done.set(true);
            }
            return null;
        });
        for (var task : threads.invokeAll(tasks)) task.get();
        threads.shutdown();
        sealsAll();
        assertTrue(size() >= before + 400);
        assertEquals(Rows.count("select count(distinct entry_id) from log_leaf"), size());
        assertEquals(recomputed(size()), await(LogTree.root(pool, size())));
    }

    @Test
    void a_sealer_that_dies_leaves_nothing_behind() throws Exception {
        sealsAll();
        scribe.writes(300, Arrays.asList(Ids.next()));
        long before = size();
        long leaves = Rows.count("select count(*) from log_leaf");
        try (Connection gate = Database.connect()) {
            gate.setAutoCommit(false);
            gate.createStatement().execute("lock table log_node in exclusive mode");
            // again while an older transaction of somebody else still stands before what is new
            var dying = sealer.seal()
                    .repeat()
                    .withDelay(Duration.ofMillis(25))
                    .until(added -> added > 0)
                    .onItem()
                    .ignoreAsUni()
                    .subscribeAsCompletionStage()
                    .toCompletableFuture();
            Eventually.holds(
                    Duration.ofSeconds(20),
                    "it is killed where it writes",
                    () -> Rows.count(
                                    "select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into log_leaf%' and pid <> pg_backend_pid()")
                            == 1);
            assertThrows(ExecutionException.class, dying::get);
            gate.rollback();
        }
        assertEquals(before, size());
        assertEquals(leaves, Rows.count("select count(*) from log_leaf"));
        comesAgainAndSealsAll();
        assertEquals(recomputed(size()), await(LogTree.root(pool, size())));
    }

    @Test
    void a_checkpoint_is_signed_when_the_log_has_grown_published_once_and_continues_the_last() throws Exception {
        Notary notary = notary(state, new LogKeys(config));
        scribe.writes(10, Arrays.asList(Ids.next()));
        sealsAll();
        await(notary.attest());
        StoredCheckpoint first = await(StoredCheckpoint.last(pool));
        assertNotNull(first);
        assertEquals(recomputed(first.size()), first.root());
        assertEquals(first.note(), sink.last());
        assertTrue(SignedNote.parse(first.note()).isSignedBy(new LogKeys(config).known()));
        assertEquals(0, Rows.count("select count(*) from log_checkpoint where published_at is null"));
        long count = Rows.count("select count(*) from log_checkpoint");
        await(notary.attest());
        assertEquals(count, Rows.count("select count(*) from log_checkpoint"), "not grown");
        scribe.writes(300, Arrays.asList(Ids.next()));
        sealsAll();
        await(notary.attest());
        StoredCheckpoint second = await(StoredCheckpoint.last(pool));
        assertNotNull(second);
        List<Digest> path = await(LogTree.hashes(pool, MerkleTree.consistency(first.size(), second.size())));
        assertTrue(MerkleTree.continues(first.size(), first.root(), second.size(), second.root(), path));
        assertEquals(second.note(), sink.last());
        var another = new Checkpoint("townsquare.localhost/log", second.size(), first.root());
        assertEquals(
                LogAlarm.LOG_INCONSISTENT,
                assertThrows(LogRefused.class, () -> sink.publish(another, "another note"))
                        .alarm());
        assertEquals(second.note(), sink.last(), "a name is written once");
    }

    @Test
    void a_log_that_was_restored_to_before_what_was_published_is_not_sealed_and_the_service_goes_on() throws Exception {
        sealsAll();
        long size = size();
        var keys = new LogKeys(config);
        var lost = new Checkpoint(keys.origin(), size + 5, MerkleTree.empty());
        sink.publish(lost, keys.signing().sign(lost).note());
        scribe.writes(20, Arrays.asList(Ids.next()));
        await(sealer.run());
        assertEquals(size, size(), "nothing is sealed");
        assertEquals(LogAlarm.LOG_BEHIND_ITS_CHECKPOINT, state.alarm());
        Village.open();
        assertNull(await(StoredCheckpoint.last(pool).map(it -> it != null && it.size() > size ? it : null)));
        Files.delete(sink.files().get(0));
        state = new LogState();
        Sealer another = sealer(state, 10_000);
        Eventually.holds(() -> {
            await(another.run());
            assertNull(state.alarm());
            assertTrue(size() >= size + 20);
        });
    }

    @Test
    void a_published_checkpoint_of_another_history_or_by_another_key_stops_the_sealing() throws Exception {
        scribe.writes(20, Arrays.asList(Ids.next()));
        sealsAll();
        var keys = new LogKeys(config);
        var fork = new Checkpoint(keys.origin(), 3, MerkleTree.empty());
        sink.publish(fork, keys.signing().sign(fork).note());
        await(sealer.run());
        assertEquals(LogAlarm.LOG_INCONSISTENT, state.alarm());

        Files.delete(sink.files().get(0));
        var right = new Checkpoint(keys.origin(), 3, recomputed(3));
        sink.publish(
                right,
                SigningKey.of(keys.origin(), CheckpointTest.key(9)).sign(right).note());
        var other = new LogState();
        await(sealer(other, 10).run());
        assertEquals(LogAlarm.LOG_INCONSISTENT, other.alarm());

        Files.delete(sink.files().get(0));
        sink.publish(right, keys.signing().sign(right).note());
        var fine = new LogState();
        await(sealer(fine, 10).run());
        assertNull(fine.alarm());
    }

    @Test
    void a_replica_that_trusts_the_log_asks_the_sinks_again_before_it_signs() throws Exception {
        scribe.writes(5, Arrays.asList(Ids.next()));
        sealsAll();
        await(sealer.run());
        assertNull(state.alarm());
        long signed = Rows.count("select count(*) from log_checkpoint");
        var keys = new LogKeys(config);
        var lost = new Checkpoint(keys.origin(), size() + 1_000_000, MerkleTree.empty());
        sink.publish(lost, keys.signing().sign(lost).note());
        scribe.writes(5, Arrays.asList(Ids.next()));
        runsInto(LogAlarm.LOG_BEHIND_ITS_CHECKPOINT);
        assertEquals(signed, Rows.count("select count(*) from log_checkpoint"));
    }

    /** The new root is made of a node that the old one did not need: only the way from one to the other shows it. */
    @Test
    void a_root_to_which_no_proof_leads_from_the_last_checkpoint_is_not_signed() throws Exception {
        Notary notary = notary(state, new LogKeys(config));
        scribe.writes(300, Arrays.asList(Ids.next()));
        sealsAll();
        await(notary.attest());
        StoredCheckpoint last = Objects.requireNonNull(await(StoredCheckpoint.last(pool)));
        long next = Long.highestOneBit(last.size()) * 2;
        int level = Long.numberOfTrailingZeros(next);
        Database.update(
                "insert into journal_entry (id, stream, at, kind, subject_type, subject_id, credential, body) "
                        + "select uuidv7(), 1, clock_timestamp(), 'Noted', 'note', gen_random_uuid(), 'SYSTEM', '{}' from generate_series(1, ?::bigint)",
                next - last.size() + 10);
        sealsAll();
        Digest right = node(level, null);
        assertEquals(right, node(level, MerkleTree.empty()));
        var refused = assertThrows(LogRefused.class, () -> await(notary.attest()));
        assertEquals(LogAlarm.LOG_INCONSISTENT, refused.alarm());
        assertEquals(last.size(), Rows.count("select max(size) from log_checkpoint"));
        assertEquals(MerkleTree.empty(), node(level, right));
        await(notary.attest());
        assertEquals(size(), Rows.count("select max(size) from log_checkpoint"));
    }

    /** The first node of this level as it was; from now on this one, where there is one. */
    private static Digest node(int level, @Nullable Digest instead) throws SQLException {
        try (Connection db = Database.connect();
                var change = db.createStatement();
                var query =
                        db.prepareStatement("select hash from log_node where log = 1 and level = ? and index = 0")) {
            query.setInt(1, level);
            var rows = query.executeQuery();
            assertTrue(rows.next());
            Digest was = Digest.of(rows.getBytes(1));
            if (instead == null) return was;
            change.execute("set session_replication_role = replica");
            try (var update = db.prepareStatement("update log_node set hash = ? where level = ? and index = 0")) {
                update.setBytes(1, instead.bytes());
                update.setInt(2, level);
                assertEquals(1, update.executeUpdate());
            }
            return was;
        }
    }

    @Test
    void a_replica_under_which_the_database_was_restored_notices() throws Exception {
        sealsAll();
        state.sees(size() + 1);
        scribe.writes(1, Arrays.asList(Ids.next()));
        var refused = assertThrows(LogRefused.class, () -> await(sealer.seal()));
        assertEquals(LogAlarm.LOG_BEHIND_ITS_CHECKPOINT, refused.alarm());
    }

    @Test
    void a_sink_that_is_away_is_told_and_what_could_not_be_published_is_published_later() throws Exception {
        scribe.writes(5, Arrays.asList(Ids.next()));
        sealsAll();
        FolderSink away = sink;
        sink = new FolderSink(folder.resolve("away"));
        await(sealer.run());
        assertEquals(LogAlarm.SINK_UNAVAILABLE, state.alarm());
        Files.createDirectory(folder.resolve("away"));
        state = new LogState();
        await(sealer(state, 10).run());
        assertNull(state.alarm());
        assertNotNull(sink.last());
        sink = away;
    }

    /** A volume without room. */
    private static final Sink FULL = new Sink() {
        @Override
        public String name() {
            return "full";
        }

        @Override
        public @Nullable String last() {
            return null;
        }

        @Override
        public void publish(Checkpoint checkpoint, String note) throws IOException {
            throw new IOException("No space left on device");
        }
    };

    @Test
    void a_checkpoint_that_could_not_be_published_is_held_against_the_sink_again_before_it_is() throws Exception {
        scribe.writes(5, Arrays.asList(Ids.next()));
        sealsAll();
        var keys = new LogKeys(config);
        var refused = assertThrows(
                LogRefused.class, () -> await(notary(state, keys, () -> FULL).attest()));
        assertEquals(LogAlarm.SINK_UNAVAILABLE, refused.alarm());
        long size = Rows.count("select size from log_checkpoint where published_at is null");
        assertEquals(size(), size, "it is signed");

        var other = new Checkpoint(keys.origin(), 2, MerkleTree.empty());
        sink.publish(other, keys.signing().sign(other).note());
        var notary = notary(state, keys);
        var inconsistent = assertThrows(LogRefused.class, () -> await(notary.attest()));
        assertEquals(LogAlarm.LOG_INCONSISTENT, inconsistent.alarm());
        assertEquals(1, sink.files().size(), "beside another history nothing is published");
        assertEquals(1, Rows.count("select count(*) from log_checkpoint where published_at is null"));

        Files.delete(sink.files().get(0));
        await(notary.attest());
        assertEquals(0, Rows.count("select count(*) from log_checkpoint where published_at is null"));
        assertEquals(size, keys.opened(Objects.requireNonNull(sink.last())).size());
    }

    @Test
    void a_folder_that_is_taken_away_while_it_serves_is_told_and_is_used_again_when_it_is_back() throws Exception {
        sink = new FolderSink(Files.createDirectory(folder.resolve("mounted")));
        scribe.writes(5, Arrays.asList(Ids.next()));
        sealsAll();
        await(sealer.run());
        assertNull(state.alarm());
        Files.move(folder.resolve("mounted"), folder.resolve("elsewhere"));
        scribe.writes(5, Arrays.asList(Ids.next()));
        runsInto(LogAlarm.SINK_UNAVAILABLE);
        Files.move(folder.resolve("elsewhere"), folder.resolve("mounted"));
        await(sealer.run());
        assertNull(state.alarm());
        assertEquals(Objects.requireNonNull(await(StoredCheckpoint.last(pool))).note(), sink.last());
    }

    @Test
    void what_stands_under_the_name_of_a_checkpoint_and_is_none_stops_the_sealing() throws Exception {
        scribe.writes(5, Arrays.asList(Ids.next()));
        sealsAll();
        for (byte[] content : List.of(new byte[0], new byte[] {(byte) 0xFF, 10, 10})) {
            Path file = Files.write(folder.resolve("%020d.checkpoint".formatted(3)), content);
            var itsState = new LogState();
            await(sealer(itsState, 10).run());
            assertEquals(LogAlarm.LOG_INCONSISTENT, itsState.alarm());
            Files.delete(file);
        }
    }

    @Test
    void a_clock_that_goes_back_delays_neither_sealing_nor_signing() throws Exception {
        var now = new AtomicLong(clock.instant().toEpochMilli());
        var itsClock = new Clock() {
            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(now.get());
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
        var settings = new Settings(config, 10_000, true);
        var replica =
                new Sealer(pool, vertx, settings, notary(state, new LogKeys(settings)), state, itsClock, background);
        scribe.writes(5, Arrays.asList(Ids.next()));
        sealsAll();
        FolderSink there = sink;
        sink = new FolderSink(folder.resolve("away"));
        await(replica.run());
        assertEquals(LogAlarm.SINK_UNAVAILABLE, state.alarm());
        sink = there;
        now.addAndGet(-Duration.ofDays(365).toMillis());
        await(replica.run());
        assertNull(state.alarm());

        Rows.change("update log_checkpoint set signed_at = signed_at + interval '1 year'");
        scribe.writes(5, Arrays.asList(Ids.next()));
        sealsAll();
        await(replica.run());
        assertEquals(size(), Rows.count("select max(size) from log_checkpoint"));
        assertEquals(Objects.requireNonNull(await(StoredCheckpoint.last(pool))).note(), sink.last());
    }

    @Test
    void place_entry_number_and_node_are_given_once_by_the_keys_of_the_database() throws Exception {
        scribe.writes(300, Arrays.asList(Ids.next(), null));
        sealsAll();
        var twice = Map.of(
                "log_leaf_pk",
                "insert into log_leaf select log, leaf_index, gen_random_uuid(), gen_random_uuid(), 0, leaf_hash from log_leaf where leaf_index = 7",
                "log_leaf_one_per_entry",
                "insert into log_leaf select log, leaf_index + 1000000, entry_id, gen_random_uuid(), 0, leaf_hash from log_leaf where leaf_index = 7",
                "log_leaf_one_per_index",
                "insert into log_leaf select log, leaf_index + 1000000, gen_random_uuid(), community_id, community_index, leaf_hash from log_leaf where community_id is null limit 1",
                "log_node_pk",
                "insert into log_node select log, level, index, hash from log_node limit 1",
                "log_head_pk",
                "insert into log_head (log) values (1)",
                "log_checkpoint_pk",
                "insert into log_checkpoint (log, size, root, note, signed_at) select 1, 5, sha256(''), '', now() from generate_series(1, 2)");
        try (Connection db = Database.connect()) {
            for (var one : twice.entrySet()) {
                var refused = assertThrows(
                        SQLException.class, () -> db.createStatement().execute(one.getValue()), one.getKey());
                assertEquals("23505", refused.getSQLState());
                assertTrue(String.valueOf(refused.getMessage()).contains(one.getKey()), refused.getMessage());
            }
        }
    }

    @Test
    void one_name_is_never_written_twice() throws Exception {
        var checkpoint = new Checkpoint("a", 7, MerkleTree.empty());
        sink.publish(checkpoint, "a note");
        sink.publish(checkpoint, "a note");
        assertEquals(1, sink.files().size());
        assertThrows(
                FileAlreadyExistsException.class,
                () -> Files.createLink(sink.files().get(0), Files.createTempFile(folder, "x", "y")));
        assertThrows(LogRefused.class, () -> sink.publish(checkpoint, "another"));
        assertEquals("a note", sink.last());
    }

    @Test
    void health_shows_the_log_without_falling_for_it() {
        Person.nobody()
                .get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'log' }.status", is("UP"))
                .body("checks.find { it.name == 'journal-stream' }.status", is("UP"));
    }

    @Test
    void writing_an_entry_waits_for_no_other_writer() throws Exception {
        UUID community = Ids.next();
        try (Connection one = Database.connect();
                Connection other = Database.connect()) {
            one.setAutoCommit(false);
            other.createStatement().execute("set lock_timeout = '2s'");
            for (Connection db : List.of(one, other, one, other))
                try (var sql = db.prepareStatement(
                        "insert into journal_entry (id, stream, at, community_id, kind, subject_type, subject_id, credential, body) values (?, 1, clock_timestamp(), ?, 'Noted', 'note', ?, 'SYSTEM', '{}')")) {
                    sql.setObject(1, Ids.next());
                    sql.setObject(2, community);
                    sql.setObject(3, community);
                    assertEquals(1, sql.executeUpdate());
                }
            one.rollback();
        }
    }
}
