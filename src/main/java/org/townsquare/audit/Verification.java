package org.townsquare.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.audit.Finding.Kind;
import org.townsquare.journal.JournalRows;
import org.townsquare.journal.JournalRows.Stored;
import org.townsquare.journal.Place;
import org.townsquare.platform.Digest;

/**
 * Holds the whole log against what it proves: bodies against columns, kept values against commitments, leaves against entries, nodes and roots against
 * leaves, checkpoints against roots, in the database and in the folders. Reads only, and what it trusts is the keys and the folders alone.
 */
final class Verification {
    private final Connection db;
    private final LogKeys keys;
    private final List<FolderSink> folders;

    private final List<Finding> findings = new ArrayList<>();
    private final Map<Subtree, Digest> nodes = new HashMap<>();
    private final Map<@Nullable UUID, Long> nextIndexes = new HashMap<>();

    /** The roots that were signed, by size, with who says so. */
    private final TreeMap<Long, Map<String, Digest>> signed = new TreeMap<>();

    private final GrowingTree tree = new GrowingTree(this::grown);

    /** Leaves are gone, so that nothing behind them has its place any more. */
    private boolean torn;

    private @Nullable Stored last;
    private long leaves;

    Verification(Connection db, LogKeys keys, List<FolderSink> folders) {
        this.db = db;
        this.keys = keys;
        this.folders = folders;
    }

    /**
     * What was found.
     *
     * @param entries that are sealed
     * @param signed the size of the largest checkpoint: nothing proves what lies behind it
     */
    record Report(long entries, long signed, List<Finding> findings) {}

    /** Needs a transaction in which nothing changes meanwhile. */
    Report run() throws SQLException {
        readNodes();
        readCheckpoints();
        readFolders();
        compareRoots();
        JournalRows.sealed(db, this::leaf);
        finish();
        JournalRows.kept(db, kept -> {
            if (!kept.holds())
                find(Kind.COMMITMENT_BROKEN, null, kept.entryId(), kept.field() + " is not what the entry commits to");
        });
        return new Report(leaves, signed.isEmpty() ? 0 : signed.lastKey(), List.copyOf(findings));
    }

    private void readNodes() throws SQLException {
        try (var query = db.createStatement();
                var rows = query.executeQuery("select level, index, hash from log_node where log = 1")) {
            while (rows.next())
                nodes.put(new Subtree(rows.getInt("level"), rows.getLong("index")), Digest.of(rows.getBytes("hash")));
        }
    }

    private void readCheckpoints() throws SQLException {
        try (var query = db.createStatement();
                var rows = query.executeQuery("select size, root, note from log_checkpoint where log = 1")) {
            while (rows.next()) {
                Checkpoint checkpoint = opened(rows.getString("note"), "the database");
                if (checkpoint == null) continue;
                if (checkpoint.size() != rows.getLong("size")
                        || !checkpoint.root().equals(Digest.of(rows.getBytes("root"))))
                    find(Kind.CHECKPOINT_WRONG, rows.getLong("size"), null, "size and root are not those of its note");
                expect(checkpoint, "the database");
            }
        }
    }

    private void readFolders() {
        Set<Long> stored = new HashSet<>(signed.keySet());
        for (FolderSink folder : folders)
            try {
                for (Path file : folder.files()) {
                    Checkpoint checkpoint = opened(Files.readString(file), file.toString());
                    if (checkpoint == null) continue;
                    expect(checkpoint, file.toString());
                    if (!stored.contains(checkpoint.size()))
                        find(
                                Kind.CHECKPOINT_MISSING,
                                checkpoint.size(),
                                null,
                                "published in " + file + ", and not in the database");
                }
            } catch (IOException e) {
                find(Kind.SINK_UNREADABLE, null, null, folder.name() + ": " + e);
            }
    }

    private @Nullable Checkpoint opened(String note, String where) {
        try {
            return keys.opened(note);
        } catch (LogRefused e) {
            find(Kind.CHECKPOINT_WRONG, null, null, where + ": " + e.getMessage());
            return null;
        }
    }

    private void expect(Checkpoint checkpoint, String where) {
        signed.computeIfAbsent(checkpoint.size(), size -> new TreeMap<>()).put(where, checkpoint.root());
    }

    private void leaf(JournalRows.Leaf leaf) {
        leaves++;
        if (leaf.index() != tree.size() && !torn) {
            torn = true;
            find(Kind.LEAF_MISSING, tree.size(), null, "the next leaf is " + leaf.index());
        }
        long next = nextIndexes.getOrDefault(leaf.communityId(), 0L);
        if (leaf.communityIndex() != next)
            find(
                    Kind.INDEX_NOT_DENSE,
                    leaf.index(),
                    leaf.entryId(),
                    "%d where %d is due".formatted(leaf.communityIndex(), next));
        nextIndexes.put(leaf.communityId(), leaf.communityIndex() + 1);
        Stored entry = leaf.entry();
        Digest hash = leaf.hash();
        if (entry == null) find(Kind.ENTRY_MISSING, leaf.index(), leaf.entryId(), "there is a leaf of it");
        else {
            hash = new Leaf(entry.communityId(), entry.digest(), leaf.communityIndex()).hash();
            if (!hash.equals(leaf.hash()))
                find(Kind.LEAF_WRONG, leaf.index(), entry.id(), "the leaf is not that of the entry");
            if (!Objects.equals(entry.communityId(), leaf.communityId()))
                find(Kind.LEAF_WRONG, leaf.index(), entry.id(), "the leaf is of another community");
            if (last != null && !entry.isBehind(last))
                find(Kind.ENTRY_OUT_OF_ORDER, leaf.index(), entry.id(), "it comes before the one sealed before it");
            contradict(entry, leaf.index());
            last = entry;
        }
        if (torn) return;
        tree.add(hash);
        compareRoots();
    }

    private void contradict(Stored entry, @Nullable Long index) {
        for (String column : entry.contradictions())
            find(Kind.BODY_CONTRADICTED, index, entry.id(), column + " is not what the body says");
    }

    private void compareRoots() {
        Map<String, Digest> roots = signed.get(tree.size());
        if (roots != null)
            roots.forEach((where, root) -> {
                if (!root.equals(tree.root()))
                    find(
                            Kind.ROOT_WRONG,
                            tree.size(),
                            null,
                            "the first entries are not those of the checkpoint in " + where);
            });
    }

    private void grown(Subtree subtree, Digest hash) {
        if (subtree.level() < LogTree.KEPT) return;
        Digest kept = nodes.remove(subtree);
        if (kept == null) find(Kind.NODE_MISSING, null, null, subtree.toString());
        else if (!kept.equals(hash)) find(Kind.NODE_WRONG, null, null, subtree.toString());
    }

    private void finish() throws SQLException {
        if (!torn) nodes.keySet().forEach(it -> find(Kind.NODE_UNEXPECTED, null, null, it.toString()));
        signed.tailMap(tree.size(), false)
                .forEach((size, roots) -> find(
                        Kind.LOG_BEHIND_ITS_CHECKPOINT,
                        size,
                        null,
                        "the log has %d entries; the checkpoint is in %s".formatted(leaves, roots.keySet())));
        try (var query = db.createStatement();
                var rows = query.executeQuery(
                        "select size, stream, created_xid::text as created_xid, entry_id from log_head where log = 1")) {
            if (!rows.next()) {
                find(Kind.HEAD_WRONG, null, null, "there is none");
                return;
            }
            var place = new Place(
                    rows.getInt("stream"),
                    rows.getString("created_xid"),
                    Objects.requireNonNull(rows.getObject("entry_id", UUID.class)));
            if (rows.getLong("size") != leaves)
                find(Kind.HEAD_WRONG, rows.getLong("size"), null, "there are %d leaves".formatted(leaves));
            if (last != null && (!last.id().equals(place.entryId()) || !last.isUpTo(place)))
                find(Kind.HEAD_WRONG, null, place.entryId(), "the last leaf is of another entry");
            JournalRows.notSealed(db, entry -> {
                contradict(entry, null);
                if (entry.isUpTo(place)) find(Kind.ENTRY_UNSEALED, null, entry.id(), "it lies before what is sealed");
            });
        }
    }

    private void find(Kind kind, @Nullable Long index, @Nullable UUID entry, String detail) {
        findings.add(new Finding(kind, index, entry, detail));
    }
}
