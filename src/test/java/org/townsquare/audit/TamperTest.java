package org.townsquare.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.townsquare.audit.Finding.Kind.BODY_CONTRADICTED;
import static org.townsquare.audit.Finding.Kind.CHECKPOINT_MISSING;
import static org.townsquare.audit.Finding.Kind.CHECKPOINT_WRONG;
import static org.townsquare.audit.Finding.Kind.COMMITMENT_BROKEN;
import static org.townsquare.audit.Finding.Kind.ENTRY_MISSING;
import static org.townsquare.audit.Finding.Kind.ENTRY_OUT_OF_ORDER;
import static org.townsquare.audit.Finding.Kind.ENTRY_UNSEALED;
import static org.townsquare.audit.Finding.Kind.HEAD_WRONG;
import static org.townsquare.audit.Finding.Kind.INDEX_NOT_DENSE;
import static org.townsquare.audit.Finding.Kind.LEAF_MISSING;
import static org.townsquare.audit.Finding.Kind.LEAF_WRONG;
import static org.townsquare.audit.Finding.Kind.LOG_BEHIND_ITS_CHECKPOINT;
import static org.townsquare.audit.Finding.Kind.NODE_MISSING;
import static org.townsquare.audit.Finding.Kind.NODE_UNEXPECTED;
import static org.townsquare.audit.Finding.Kind.NODE_WRONG;
import static org.townsquare.audit.Finding.Kind.ROOT_WRONG;
import static org.townsquare.audit.Scribe.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Ids;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Village;

/** Whoever goes around the service is found out: each kind of tampering at random places, in a transaction that is rolled back after the verification. */
@QuarkusTest
@QuarkusTestResource(Database.class)
@TestProfile(TamperTest.Alone.class)
class TamperTest {
    public static class Alone extends OwnLog {
        public Alone() {
            super(SINK);
        }
    }

    private static final Path SINK = Path.of("target", "checkpoints-to-tamper-with");
    private static final int PLACES = Integer.getInteger("townsquare.tamper.places", 3);

    /** The same places in every build; a long run draws its own. */
    private static final long SEED = PLACES > 3 ? System.nanoTime() : 6962;

    @Inject
    Sealer sealer;

    @Inject
    Notary notary;

    @Inject
    LogKeys keys;

    @Inject
    Scribe scribe;

    private static @Nullable Village village;

    /** What a town does, sealed in three parts: two under a checkpoint, the last not. */
    @BeforeEach
    void town() throws Exception {
        if (village != null) return;
        Village built = Village.open();
        Person ada = built.founder();
        Person bob = built.member("Bob", "COUNCIL", "ORGANIZER");
        Person cem = built.member("Cem");
        vote(built, ada, bob, cem);
        event(built, bob, cem);
        scribe.writes(400, Arrays.asList(Ids.next(), null, UUID.fromString(built.id())));
        sealed(true);
        erased(built.member("Dora"), built);
        scribe.writes(300, Arrays.asList(Ids.next(), UUID.fromString(built.id())));
        sealed(true);
        scribe.writes(40, Arrays.asList(UUID.fromString(built.id())));
        sealed(false);
        village = built;
    }

    private static void vote(Village village, Person ada, Person bob, Person cem) {
        String proposal = "/api/v1/proposals/"
                + ada.sends(Map.of("title", "A bench", "description", "By the river."))
                        .post(village.path() + "/proposals")
                        .then()
                        .statusCode(201)
                        .extract()
                        .<String>path("id");
        ada.sends("{}").post(proposal + "/submission").then().statusCode(200);
        bob.sends(Map.of("decision", "APPROVE", "note", "Good."))
                .post(proposal + "/review")
                .then()
                .statusCode(200);
        cem.sends(Map.of("choice", "YES")).put(proposal + "/vote").then().statusCode(201);
        cem.sends(Map.of("choice", "NO")).put(proposal + "/vote").then().statusCode(200);
    }

    private static void event(Village village, Person bob, Person cem) {
        String group = bob.sends(Map.of("name", "Evenings"))
                .post(village.path() + "/event-groups")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String code = bob.sends(
                        Map.of("title", "Planting", "startTime", Instant.now().toString(), "durationMinutes", 60))
                .post("/api/v1/event-groups/" + group + "/events")
                .then()
                .statusCode(201)
                .extract()
                .path("codeText");
        cem.sends(Map.of("code", code)).post("/api/v1/check-ins").then().statusCode(201);
        Person.nobody()
                .body(Map.of("code", code))
                .post("/api/v1/check-ins")
                .then()
                .statusCode(201);
    }

    /** Somebody about whom the journal has texts, forgotten after they were sealed. */
    private void erased(Person dora, Village village) throws Exception {
        village.founder()
                .sends(Map.of("reason", "Dora shouts."))
                .post(village.pathOf(dora) + "/suspension")
                .then()
                .statusCode(200);
        sealed(true);
        long texts = Rows.count("select count(*) from journal_text where value = 'Dora shouts.'");
        assertEquals(1, texts);
        dora.again()
                .sends(Map.of("password", Person.PASSWORD))
                .post("/api/v1/me/erasure")
                .then()
                .statusCode(201);
        Database.update("update users set erase_at = now() where id = ?::uuid", dora.id());
        Eventually.holds(
                Duration.ofSeconds(30),
                "Dora is erased",
                () -> Rows.count("select count(*) from users where status = 'ERASED' and id = ?::uuid", dora.id())
                        == 1);
        assertEquals(0, Rows.count("select count(*) from journal_text where value = 'Dora shouts.'"));
        assertEquals(
                0,
                Rows.count(
                        "select count(*) from journal_origin o join journal_entry e on e.id = o.entry_id where e.actor_id = ?::uuid",
                        dora.id()));
    }

    private void sealed(boolean signed) throws Exception {
        Eventually.holds(Duration.ofSeconds(30), "everything is sealed", () -> {
            var unused = await(sealer.seal());
            return Rows.count("select count(*) from journal_entry") == Rows.count("select count(*) from log_leaf");
        });
        if (signed) await(notary.attest());
    }

    private List<Finding> verified(Connection db) throws SQLException {
        return verified(db, SINK);
    }

    private List<Finding> verified(Connection db, Path folder) throws SQLException {
        var found = new ArrayList<Finding>();
        var report = new Verification(db, keys, List.of(new FolderSink(folder)), found::add, entries -> {}).run();
        assertEquals(found.size(), report.findings());
        return found;
    }

    // what somebody with the rights of a superuser could do

    private interface Tampering {
        void in(Log log) throws SQLException;
    }

    /** The log in one transaction, without its triggers. */
    private record Log(Connection db, Random random, LogKeys keys) {
        @CanIgnoreReturnValue
        int run(String sql, @Nullable Object... parameters) throws SQLException {
            try (var statement = db.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) statement.setObject(i + 1, parameters[i]);
                return statement.executeUpdate();
            }
        }

        void one(String sql, @Nullable Object... parameters) throws SQLException {
            assertEquals(1, run(sql, parameters), sql);
        }

        String text(String sql, @Nullable Object... parameters) throws SQLException {
            try (var statement = db.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) statement.setObject(i + 1, parameters[i]);
                try (var rows = statement.executeQuery()) {
                    assertTrue(rows.next(), sql);
                    return String.valueOf(rows.getString(1));
                }
            }
        }

        long number(String sql, @Nullable Object... parameters) throws SQLException {
            return Long.parseLong(text(sql, parameters));
        }

        long size() throws SQLException {
            return number("select size from log_head");
        }

        long signed() throws SQLException {
            return number("select max(size) from log_checkpoint");
        }

        /** A leaf that the last checkpoint covers. */
        long leaf() throws SQLException {
            return random.nextLong(signed());
        }

        UUID entry(long leaf) throws SQLException {
            return UUID.fromString(text("select entry_id from log_leaf where leaf_index = ?", leaf));
        }

        UUID entry() throws SQLException {
            return entry(leaf());
        }

        /** Of this checkpoint or a random one. */
        long checkpoint() throws SQLException {
            long all = number("select count(*) from log_checkpoint");
            return number("select size from log_checkpoint order by size offset ? limit 1", random.nextLong(all));
        }

        void flip(String table, String column, String where, Object key) throws SQLException {
            long bits = number("select octet_length(%s) * 8 from %s where %s".formatted(column, table, where), key);
            long bit = random.nextLong(bits);
            one(
                    "update %1$s set %2$s = set_bit(%2$s, ?, 1 - get_bit(%2$s, ?)) where %3$s"
                            .formatted(table, column, where),
                    bit,
                    bit,
                    key);
        }

        String body(UUID entry) throws SQLException {
            return text("select convert_from(body, 'UTF8') from journal_entry where id = ?", entry);
        }

        void writes(UUID entry, String body) throws SQLException {
            one("update journal_entry set body = convert_to(?, 'UTF8') where id = ?", body, entry);
        }

        /** Another character at a random place of what follows a name in the body. */
        void changes(String name) throws SQLException {
            UUID entry = entry();
            String body = body(entry);
            String begin = "\"" + name + "\":\"";
            while (!body.contains(begin)) {
                entry = entry();
                body = body(entry);
            }
            int from = body.lastIndexOf(begin) + begin.length();
            int at = from + random.nextInt(body.indexOf('"', from) - from);
            char other = body.charAt(at) == '1' ? '2' : '1';
            writes(entry, body.substring(0, at) + other + body.substring(at + 1));
        }

        /** Makes leaves, nodes and head fit the entries, as the sealer would have. */
        void resealed() throws SQLException {
            var nodes = new LinkedHashMap<Subtree, Digest>();
            var tree = new GrowingTree((subtree, hash) -> {
                if (subtree.level() >= LogTree.KEPT) nodes.put(subtree, hash);
            });
            try (var query = db.prepareStatement(
                            "select l.leaf_index, e.community_id, l.community_index, sha256(e.body) from log_leaf l join journal_entry e on e.id = l.entry_id order by l.leaf_index");
                    var change = db.prepareStatement("update log_leaf set leaf_hash = ? where leaf_index = ?");
                    var rows = query.executeQuery()) {
                while (rows.next()) {
                    var leaf = new Leaf(rows.getObject(2, UUID.class), Digest.of(rows.getBytes(4)), rows.getLong(3));
                    tree.add(leaf.hash());
                    change.setBytes(1, leaf.hash().bytes());
                    change.setLong(2, rows.getLong(1));
                    change.addBatch();
                }
                var unused = change.executeBatch();
            }
            run("delete from log_node");
            for (var node : nodes.entrySet())
                one(
                        "insert into log_node values (1, ?, ?, ?)",
                        node.getKey().level(),
                        node.getKey().index(),
                        node.getValue().bytes());
            if (tree.size() > 0)
                one(
                        "update log_head h set size = ?, (stream, created_xid, entry_id) = (select e.stream, e.created_xid, e.id from log_leaf l join journal_entry e on e.id = l.entry_id order by l.leaf_index desc limit 1)",
                        tree.size());
        }

        /** The root of the log as it is now, at this size. */
        Digest root(long size) throws SQLException {
            var tree = new GrowingTree((subtree, hash) -> {});
            try (var query =
                    db.prepareStatement("select leaf_hash from log_leaf where leaf_index < ? order by leaf_index")) {
                query.setLong(1, size);
                try (var rows = query.executeQuery()) {
                    while (rows.next()) tree.add(Digest.of(rows.getBytes(1)));
                }
            }
            return tree.root();
        }

        /** Signs every stored checkpoint anew for the log as it is now. */
        void signedBy(SigningKey key) throws SQLException {
            var sizes = new ArrayList<Long>();
            try (var rows = db.createStatement().executeQuery("select size from log_checkpoint")) {
                while (rows.next()) sizes.add(rows.getLong(1));
            }
            for (long size : sizes) {
                Digest root = root(size);
                one(
                        "update log_checkpoint set root = ?, note = ? where size = ?",
                        root.bytes(),
                        key.sign(new Checkpoint(keys.origin(), size, root)).note(),
                        size);
            }
        }

        SigningKey stranger() {
            return SigningKey.of(keys.origin(), CheckpointTest.key(99));
        }

        /** Deletes from this leaf on, as if it had never been. */
        void cut(long from) throws SQLException {
            run("delete from journal_entry where id in (select entry_id from log_leaf where leaf_index >= ?)", from);
            run("delete from log_leaf where leaf_index >= ?", from);
            run("delete from journal_text t where not exists (select from journal_entry e where e.id = t.entry_id)");
            run("delete from journal_origin o where not exists (select from journal_entry e where e.id = o.entry_id)");
            resealed();
        }
    }

    private static Map<String, Tampering> tamperings() {
        var all = new LinkedHashMap<String, Tampering>();
        all.put("a bit of a body", log -> log.flip("journal_entry", "body", "id = ?", log.entry()));
        all.put("the salt in a body", log -> log.changes("salt"));
        all.put("the actor in a body", log -> log.changes("actor"));
        all.put("the time in a body", log -> log.changes("at"));
        all.put(
                "the actor",
                log -> log.one("update journal_entry set actor_id = ? where id = ?", Ids.next(), log.entry()));
        all.put(
                "the impersonator",
                log -> log.one("update journal_entry set impersonator_id = ? where id = ?", Ids.next(), log.entry()));
        all.put(
                "the time",
                log -> log.one(
                        "update journal_entry set at = at + make_interval(secs => ?) where id = ?",
                        (1 + log.random.nextInt(1_000_000)) / 1e6,
                        log.entry()));
        all.put("the kind", log -> log.one("update journal_entry set kind = kind || 'd' where id = ?", log.entry()));
        all.put(
                "the subject",
                log -> log.one("update journal_entry set subject_id = ? where id = ?", Ids.next(), log.entry()));
        all.put(
                "the credential",
                log -> log.one("update journal_entry set credential = 'API_KEY' where id = ?", log.entry()));
        all.put(
                "a private text is salted with nothing",
                log -> log.one(
                        "update journal_text set salt = '' where (entry_id, field) = (select entry_id, field from journal_text order by entry_id offset ? limit 1)",
                        log.random.nextLong(log.number("select count(*) from journal_text"))));
        all.put(
                "what is kept of an entry that never was",
                log -> log.one(
                        "insert into journal_text (entry_id, field, value, salt) values (?, 'text', 'Somebody', sha256(''))",
                        Ids.next()));
        all.put("a node before the first", log -> log.one("insert into log_node values (1, 9, -1, sha256(''))"));
        all.put("a bit of a leaf", log -> log.flip("log_leaf", "leaf_hash", "leaf_index = ?", log.leaf()));
        all.put("a bit of a node", log -> {
            long index = log.random.nextLong(log.number("select count(*) from log_node where level = 8"));
            log.flip("log_node", "hash", "level = 8 and index = ?", index);
        });
        all.put(
                "a node is gone",
                log -> log.one(
                        "delete from log_node where (level, index) = (select level, index from log_node order by level, index offset ? limit 1)",
                        log.random.nextLong(log.number("select count(*) from log_node"))));
        all.put(
                "a node too many",
                log -> log.one("insert into log_node values (1, 20, ?, sha256(''))", log.random.nextLong(1_000)));
        all.put("the last leaf is gone", log -> log.one("delete from log_leaf where leaf_index = ?", log.size() - 1));
        all.put(
                "a leaf in the middle is gone",
                log -> log.one("delete from log_leaf where leaf_index = ?", log.leaf()));
        all.put(
                "an entry in the middle is gone",
                log -> log.one("delete from journal_entry where id = ?", log.entry()));
        all.put("an entry and its leaf are gone", log -> {
            long leaf = log.leaf();
            log.one("delete from journal_entry where id = ?", log.entry(leaf));
            log.one("delete from log_leaf where leaf_index = ?", leaf);
        });
        all.put("the tail is gone, and the rest fits", log -> log.cut(log.leaf()));
        all.put("two entries are swapped", log -> {
            long one = log.leaf();
            long other = (one + 1 + log.random.nextLong(log.signed() - 1)) % log.signed();
            UUID first = log.entry(one);
            UUID second = log.entry(other);
            log.one("update log_leaf set entry_id = ? where leaf_index = ?", Ids.next(), one);
            log.one("update log_leaf set entry_id = ? where leaf_index = ?", first, other);
            log.one("update log_leaf set entry_id = ? where leaf_index = ?", second, one);
        });
        all.put(
                "an entry is inserted",
                log -> log.one(
                        "insert into journal_entry select ?, stream, created_xid, at, community_id, kind, subject_type, subject_id, actor_id, impersonator_id, credential, body from journal_entry where id = ?",
                        Ids.next(),
                        log.entry()));
        all.put("the tail is written anew, and all fits", log -> {
            UUID entry = log.entry();
            log.writes(entry, log.body(entry).replace("\"version\":1", "\"version\":2"));
            log.resealed();
        });
        all.put("a fork is signed by a stranger", log -> {
            UUID entry = log.entry();
            log.writes(entry, log.body(entry).replace("\"version\":1", "\"version\":2"));
            log.resealed();
            log.signedBy(log.stranger());
        });
        all.put("a fork is signed by who has the key", log -> {
            UUID entry = log.entry();
            log.writes(entry, log.body(entry).replace("\"version\":1", "\"version\":2"));
            log.resealed();
            log.signedBy(log.keys.signing());
        });
        all.put("a community never was", log -> {
            UUID community = UUID.fromString(Objects.requireNonNull(village).id());
            log.run("delete from journal_entry where community_id = ?", community);
            log.run("delete from log_leaf where community_id = ?", community);
            log.run(
                    "delete from journal_text t where not exists (select from journal_entry e where e.id = t.entry_id)");
            log.run(
                    "delete from journal_origin o where not exists (select from journal_entry e where e.id = o.entry_id)");
            // one by one: each number is free when its turn comes
            log.run(
                    "do $$ declare l record; n bigint := 0; begin for l in select leaf_index from log_leaf order by leaf_index loop update log_leaf set leaf_index = n where leaf_index = l.leaf_index; n := n + 1; end loop; end $$");
            log.resealed();
        });
        all.put("an entry is given to another community", log -> {
            UUID entry = log.entry();
            UUID other = Ids.next();
            log.one("update journal_entry set community_id = ? where id = ?", other, entry);
            log.one("update log_leaf set community_id = ? where entry_id = ?", other, entry);
        });
        all.put(
                "a number of a community",
                log -> log.one(
                        "update log_leaf set community_index = community_index + 100000 where leaf_index = ?",
                        log.leaf()));
        all.put("a checkpoint by another key", log -> {
            long size = log.checkpoint();
            log.one(
                    "update log_checkpoint set note = ? where size = ?",
                    log.stranger()
                            .sign(new Checkpoint(log.keys.origin(), size, log.root(size)))
                            .note(),
                    size);
        });
        all.put(
                "a checkpoint of another size",
                log -> log.one("update log_checkpoint set size = size + 1 where size = ?", log.checkpoint()));
        all.put("a bit of a root", log -> log.flip("log_checkpoint", "root", "size = ?", log.checkpoint()));
        all.put("a checkpoint is gone", log -> log.one("delete from log_checkpoint where size = ?", log.checkpoint()));
        all.put(
                "a private text",
                log -> log.one(
                        "update journal_text set value = value || '.' where (entry_id, field) = (select entry_id, field from journal_text order by entry_id offset ? limit 1)",
                        log.random.nextLong(log.number("select count(*) from journal_text"))));
        all.put(
                "the salt of a private text",
                log -> log.one(
                        "update journal_text set salt = set_bit(salt, 7, 1 - get_bit(salt, 7)) where (entry_id, field) = (select entry_id, field from journal_text order by entry_id offset ? limit 1)",
                        log.random.nextLong(log.number("select count(*) from journal_text"))));
        all.put(
                "where a request came from",
                log -> log.one(
                        "update journal_origin set ip = '198.51.100.9' where entry_id = (select entry_id from journal_origin order by entry_id offset ? limit 1)",
                        log.random.nextLong(log.number("select count(*) from journal_origin"))));
        all.put(
                "the size of the head",
                log -> log.one("update log_head set size = size + ?", 1 + log.random.nextInt(9)));
        all.put("the place of the head", log -> log.one("update log_head set entry_id = ?", log.entry()));
        return all;
    }

    /** By which of its findings each is known, where that is always the same. */
    private static final Map<String, Finding.Kind> KNOWN_BY = Map.ofEntries(
            Map.entry("a bit of a body", LEAF_WRONG),
            Map.entry("the salt in a body", LEAF_WRONG),
            Map.entry("the actor in a body", BODY_CONTRADICTED),
            Map.entry("the time in a body", BODY_CONTRADICTED),
            Map.entry("the actor", BODY_CONTRADICTED),
            Map.entry("the impersonator", BODY_CONTRADICTED),
            Map.entry("the time", BODY_CONTRADICTED),
            Map.entry("the kind", BODY_CONTRADICTED),
            Map.entry("the subject", BODY_CONTRADICTED),
            Map.entry("the credential", BODY_CONTRADICTED),
            Map.entry("a bit of a leaf", LEAF_WRONG),
            Map.entry("a bit of a node", NODE_WRONG),
            Map.entry("a node is gone", NODE_MISSING),
            Map.entry("a node too many", NODE_UNEXPECTED),
            Map.entry("the last leaf is gone", HEAD_WRONG),
            Map.entry("a leaf in the middle is gone", LEAF_MISSING),
            Map.entry("an entry in the middle is gone", ENTRY_MISSING),
            Map.entry("an entry and its leaf are gone", LEAF_MISSING),
            Map.entry("the tail is gone, and the rest fits", LOG_BEHIND_ITS_CHECKPOINT),
            Map.entry("two entries are swapped", ENTRY_OUT_OF_ORDER),
            Map.entry("an entry is inserted", ENTRY_UNSEALED),
            Map.entry("the tail is written anew, and all fits", ROOT_WRONG),
            Map.entry("a fork is signed by a stranger", CHECKPOINT_WRONG),
            Map.entry("a fork is signed by who has the key", ROOT_WRONG),
            Map.entry("a community never was", ROOT_WRONG),
            Map.entry("an entry is given to another community", BODY_CONTRADICTED),
            Map.entry("a number of a community", INDEX_NOT_DENSE),
            Map.entry("a checkpoint by another key", CHECKPOINT_WRONG),
            Map.entry("a checkpoint of another size", CHECKPOINT_WRONG),
            Map.entry("a bit of a root", CHECKPOINT_WRONG),
            Map.entry("a checkpoint is gone", CHECKPOINT_MISSING),
            Map.entry("a private text is salted with nothing", COMMITMENT_BROKEN),
            Map.entry("what is kept of an entry that never was", COMMITMENT_BROKEN),
            Map.entry("a node before the first", NODE_UNEXPECTED),
            Map.entry("a private text", COMMITMENT_BROKEN),
            Map.entry("the salt of a private text", COMMITMENT_BROKEN),
            Map.entry("where a request came from", COMMITMENT_BROKEN),
            Map.entry("the size of the head", HEAD_WRONG),
            Map.entry("the place of the head", HEAD_WRONG));

    @Test
    void a_log_that_nobody_tampered_with_is_sound_also_after_a_person_was_erased() throws Exception {
        try (Connection db = Database.connect()) {
            var found = new ArrayList<Finding>();
            var parts = new ArrayList<Long>();
            var report = new Verification(db, keys, List.of(new FolderSink(SINK)), found::add, parts::add).run();
            assertEquals(List.of(), found);
            assertEquals(report.entries(), parts.get(parts.size() - 1));
            assertEquals(Rows.count("select count(*) from log_leaf"), report.entries());
            assertTrue(report.signed() > 700 && report.signed() <= report.entries(), report.toString());
        }
    }

    @Test
    void every_tampering_with_the_database_is_found() throws Exception {
        var random = new Random(SEED);
        var missed = new ArrayList<String>();
        Map<String, Tampering> all = tamperings();
        assertEquals(all.keySet(), KNOWN_BY.keySet());
        try (Connection db = Database.connect()) {
            db.setAutoCommit(false);
            for (var tampering : all.entrySet())
                for (int place = 0; place < PLACES; place++) {
                    db.createStatement().execute("set local session_replication_role = replica");
                    tampering.getValue().in(new Log(db, random, keys));
                    List<Finding> findings = verified(db);
                    var kinds = findings.stream().map(Finding::kind).collect(Collectors.toSet());
                    if (!kinds.contains(KNOWN_BY.get(tampering.getKey())))
                        missed.add(tampering.getKey() + " at place " + place + ": "
                                + findings.stream().limit(5).toList());
                    db.rollback();
                }
            assertEquals(List.of(), verified(db), "and no false alarm");
        }
        assertEquals(List.of(), missed, "seed " + SEED);
    }

    // what somebody could do to an export

    private interface Forgery {
        void in(Lines lines) throws Exception;
    }

    /** An export, line by line; the first is its head, the last its end. */
    private record Lines(List<String> lines, List<String> ofAnother, Random random, LogKeys keys) {
        int entry() {
            return 1 + random.nextInt(lines.size() - 2);
        }

        void replace(int line, String what, String by) {
            String changed = lines.get(line).replaceFirst(what, by);
            assertTrue(!changed.equals(lines.get(line)), what + " in " + lines.get(line));
            lines.set(line, changed);
        }

        /** A line of an entry that has this. */
        int with(String text) {
            int line = entry();
            while (!lines.get(line).contains(text)) line = entry();
            return line;
        }

        /** Another character at a random place of what follows a name. */
        void change(int line, String name) {
            String text = lines.get(line);
            String begin = "\"" + name + "\":";
            int from = text.indexOf(begin) + begin.length();
            while (!Character.isLetterOrDigit(text.charAt(from))) from++;
            int end = from;
            while (Character.isLetterOrDigit(text.charAt(end))) end++;
            int at = from + random.nextInt(end - from);
            char other = text.charAt(at) == '1' ? '2' : '1';
            lines.set(line, text.substring(0, at) + other + text.substring(at + 1));
        }
    }

    private static Map<String, Forgery> forgeries() {
        var all = new LinkedHashMap<String, Forgery>();
        all.put("a character of a body", lines -> {
            int line = lines.with("\"body\":");
            String text = lines.lines.get(line);
            int from = text.indexOf("\"body\":\"{") + 9;
            int at = from + lines.random.nextInt(text.indexOf("}\"", from) - from);
            while (!Character.isLetterOrDigit(text.charAt(at))) at++;
            lines.lines.set(
                    line, text.substring(0, at) + (text.charAt(at) == '1' ? '2' : '1') + text.substring(at + 1));
        });
        all.put("the digest of what is withheld", lines -> lines.change(lines.with("\"entry\":\""), "entry"));
        all.put("a path", lines -> lines.change(lines.entry(), "path"));
        all.put("the path of another leaf", lines -> {
            int one = lines.entry();
            int other = 1 + one % (lines.lines.size() - 2);
            String path = lines.lines.get(other).replaceFirst(".*\"path\":\\[([^]]*)].*", "$1");
            lines.replace(one, "\"path\":\\[[^]]*]", "\"path\":[" + path + "]");
        });
        all.put("the place of a leaf", lines -> lines.replace(lines.entry(), "\"leafIndex\":", "\"leafIndex\":1"));
        all.put("the number of an entry", lines -> lines.replace(lines.entry(), "\"index\":", "\"index\":1"));
        all.put("a line in the middle is gone", lines -> lines.lines.remove(lines.entry()));
        all.put("the last entry is gone", lines -> lines.lines.remove(lines.lines.size() - 2));
        all.put(
                "the tail is gone",
                lines -> lines.lines.subList(lines.entry(), lines.lines.size()).clear());
        all.put("the end is gone", lines -> lines.lines.remove(lines.lines.size() - 1));
        all.put("two lines are swapped", lines -> {
            int one = lines.entry();
            int other = 1 + one % (lines.lines.size() - 2);
            Collections.swap(lines.lines, one, other);
        });
        all.put("a line twice", lines -> {
            int line = lines.entry();
            lines.lines.add(line, lines.lines.get(line));
        });
        all.put("an entry of another community", lines -> {
            int line = 1 + lines.random.nextInt(lines.ofAnother.size() - 2);
            int at = lines.entry();
            String index = lines.lines.get(at).replaceFirst(".*\"index\":([0-9]+).*", "$1");
            lines.lines.set(at, lines.ofAnother.get(line).replaceFirst("\"index\":[0-9]+", "\"index\":" + index));
        });
        all.put("a line that is none", lines -> lines.lines.add(lines.entry(), "{\"type\":\"note\"}"));
        all.put("another size in the checkpoint", lines -> lines.replace(0, "\\\\n([0-9]+)\\\\n", "\\\\n1$1\\\\n"));
        all.put("another root in the checkpoint", lines -> lines.replace(0, "(\\\\n[0-9]+\\\\n)....", "$1AAAA"));
        all.put("another name of the log", lines -> lines.replace(0, "townsquare.localhost/log", "town.example/log"));
        all.put("another community", lines -> lines.change(0, "community"));
        all.put("a checkpoint by another key", lines -> {
            String note = lines.lines
                    .get(0)
                    .replaceFirst(".*\"checkpoint\":\"([^\"]*)\".*", "$1")
                    .replace("\\n", "\n");
            String other = SigningKey.of(lines.keys.origin(), CheckpointTest.key(99))
                    .sign(Checkpoint.parse(SignedNote.parse(note).text()))
                    .note();
            lines.lines.set(0, lines.lines.get(0).replace(note.replace("\n", "\\n"), other.replace("\n", "\\n")));
        });
        all.put("a private text", lines -> lines.change(lines.with("\"texts\":[{"), "value"));
        all.put("the salt of a private text", lines -> {
            int line = lines.with("\"texts\":[{");
            lines.replace(
                    line,
                    "\"value\":\"([^\"\\\\]*(?:\\\\.[^\"\\\\]*)*)\",\"salt\":\"..",
                    "\"value\":\"$1\",\"salt\":\"--");
        });
        return all;
    }

    @Test
    void every_tampering_with_an_export_is_found(@TempDir Path folder) throws Exception {
        Person ada = Objects.requireNonNull(village).founder();
        Village other = Village.open();
        sealed(true);
        List<String> export = export(village, ada);
        List<String> ofAnother = export(other, other.founder());
        String key = keys.known().get(0).line();
        Path file = folder.resolve("export.ndjson");
        var sound = Export.of(file, String.join("\n", export)).verified("--key", key);
        assertEquals(0, sound.exit(), sound.text());
        var random = new Random(SEED);
        var missed = new ArrayList<String>();
        for (var forgery : forgeries().entrySet())
            for (int place = 0; place < PLACES; place++) {
                var lines = new Lines(new ArrayList<>(export), ofAnother, random, keys);
                forgery.getValue().in(lines);
                var said = Export.of(file, String.join("\n", lines.lines)).verified("--key", key);
                if (said.exit() != 2) missed.add(forgery.getKey() + " at place " + place + ": " + said);
            }
        assertEquals(List.of(), missed, "seed " + SEED);
    }

    private static List<String> export(Village of, Person reader) {
        return new String(
                        reader.sends()
                                .get(of.path() + "/audit-log/export")
                                .then()
                                .statusCode(200)
                                .extract()
                                .asByteArray(),
                        StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    @Test
    void a_folder_that_cannot_be_read_is_a_finding() throws Exception {
        try (Connection db = Database.connect()) {
            var findings = verified(db, SINK.resolve("away"));
            assertEquals(
                    List.of(Finding.Kind.SINK_UNREADABLE),
                    findings.stream().map(Finding::kind).toList());
            assertTrue(Files.isDirectory(SINK));
        }
    }
}
