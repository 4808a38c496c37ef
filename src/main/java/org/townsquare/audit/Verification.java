package org.townsquare.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.townsquare.audit.Finding.Kind;
import org.townsquare.journal.JournalRows;
import org.townsquare.journal.JournalRows.Contradictions;
import org.townsquare.journal.JournalRows.Stored;
import org.townsquare.journal.Place;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Statement;

/**
 * Holds the whole log against what it proves: bodies against columns, kept values against commitments, leaves against entries, nodes and roots against
 * leaves, checkpoints against roots, in the database and in the folders. Reads only, and what it trusts is the keys and the folders alone.
 */
final class Verification {
    private static final Statement NODES = Statement.of(Verification.class, "nodes-between.sql");
    private static final Statement NODES_BEHIND = Statement.of(Verification.class, "nodes-behind.sql");
    private static final Statement CHECKPOINTS = Statement.of(Verification.class, "checkpoints-between.sql");

    private final Connection db;
    private final LogKeys keys;
    private final Consumer<Finding> found;
    private final LongConsumer progress;

    /** What each folder has, the smallest first; what is read is gone. */
    private final Map<FolderSink, Deque<Path>> files = new HashMap<>();

    /** Of the part at hand; what the tree grew is gone. */
    private final Map<Subtree, Digest> nodes = new HashMap<>();

    /** The roots that were signed from the size of the tree on, as far as they are read, with who says so. */
    private final TreeMap<Long, Map<String, Digest>> signed = new TreeMap<>();

    private final Map<@Nullable UUID, Long> nextIndexes = new HashMap<>();
    private final GrowingTree tree = new GrowingTree(this::grown);

    /** Leaves are gone, so that nothing behind them has its place any more. */
    private boolean torn;

    private @Nullable Stored last;
    private long leaves;
    private long signedUpTo = Long.MIN_VALUE;
    private long largest;
    private long findings;

    /**
     * @param found is told of everything that is not as it was written, when it is found
     * @param progress is told of the number of entries now and then
     */
    Verification(
            Connection db, LogKeys keys, List<FolderSink> folders, Consumer<Finding> found, LongConsumer progress) {
        this.db = db;
        this.keys = keys;
        this.found = found;
        this.progress = progress;
        for (FolderSink folder : folders) files.put(folder, new ArrayDeque<>());
    }

    /**
     * What it came to.
     *
     * @param entries that are sealed
     * @param signed the size of the largest checkpoint: nothing proves what lies behind it
     */
    record Report(long entries, long signed, long findings) {}

    /** Needs a transaction in which nothing changes meanwhile. Holds one part of the log in memory, whatever its size. */
    Report run() throws SQLException {
        listFolders();
        readSigned(0);
        compareRoots();
        JournalRows.sealed(db, this::part);
        finish();
        JournalRows.orphans(
                db,
                it -> find(
                        Kind.COMMITMENT_BROKEN, null, it.entryId(), it.field() + " is kept of an entry that is gone"));
        return new Report(leaves, largest, findings);
    }

    private void listFolders() {
        files.forEach((folder, all) -> {
            try {
                all.addAll(folder.files());
            } catch (IOException e) {
                find(Kind.SINK_UNREADABLE, null, null, folder.name() + ": " + e);
            }
        });
    }

    /** A part with its leaves judged each for itself, side by side, and then in their order. */
    private void part(List<JournalRows.Leaf> part) throws SQLException {
        if (!torn) {
            long end = tree.size() + part.size();
            readNodes(tree.size(), end);
            readSigned(end);
        }
        part.parallelStream().map(Judged::of).toList().forEach(this::leaf);
        signed.headMap(tree.size(), true).clear();
        progress.accept(leaves);
    }

    private void readNodes(long from, long to) throws SQLException {
        try (var query = db.prepareStatement(NODES.sql())) {
            query.setLong(1, from);
            query.setLong(2, to);
            try (var rows = query.executeQuery()) {
                while (rows.next())
                    nodes.put(
                            new Subtree(rows.getInt("level"), rows.getLong("index")), Digest.of(rows.getBytes("hash")));
            }
        }
    }

    /** What is signed up to this size and not read yet. */
    private void readSigned(long to) throws SQLException {
        readCheckpoints(to);
        for (var folder : files.entrySet()) readFolder(folder.getKey(), folder.getValue(), to);
        signedUpTo = to;
    }

    private void readCheckpoints(long to) throws SQLException {
        try (var query = db.prepareStatement(CHECKPOINTS.sql())) {
            query.setLong(1, signedUpTo);
            query.setLong(2, to);
            query.setFetchSize(1_000);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    Checkpoint checkpoint = opened(rows.getString("note"), "the database");
                    if (checkpoint == null) continue;
                    if (checkpoint.size() != rows.getLong("size")
                            || !checkpoint.root().equals(Digest.of(rows.getBytes("root"))))
                        find(
                                Kind.CHECKPOINT_WRONG,
                                rows.getLong("size"),
                                null,
                                "size and root are not those of its note");
                    expect(checkpoint, "the database");
                }
            }
        }
    }

    private void readFolder(FolderSink folder, Deque<Path> rest, long to) throws SQLException {
        while (!rest.isEmpty() && FolderSink.size(rest.getFirst()) <= to) {
            Path file = rest.removeFirst();
            try {
                Checkpoint checkpoint = opened(FolderSink.read(file), file.toString());
                if (checkpoint == null) continue;
                if (checkpoint.size() != FolderSink.size(file))
                    find(Kind.CHECKPOINT_WRONG, checkpoint.size(), null, "it is not of the size that names " + file);
                expect(checkpoint, file.toString());
                if (!isStored(checkpoint.size()))
                    find(
                            Kind.CHECKPOINT_MISSING,
                            checkpoint.size(),
                            null,
                            "published in " + file + ", and not in the database");
            } catch (IOException e) {
                find(Kind.SINK_UNREADABLE, null, null, folder.name() + ": " + e);
            }
        }
    }

    private boolean isStored(long size) throws SQLException {
        try (var query = db.prepareStatement("select from log_checkpoint where log = 1 and size = ?")) {
            query.setLong(1, size);
            try (var rows = query.executeQuery()) {
                return rows.next();
            }
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
        largest = Math.max(largest, checkpoint.size());
        signed.computeIfAbsent(checkpoint.size(), size -> new TreeMap<>()).put(where, checkpoint.root());
    }

    /**
     * A leaf held against its entry.
     *
     * @param hash that it must have; its own where there is no entry
     */
    private record Judged(
            JournalRows.Leaf leaf, Digest hash, @Nullable Contradictions against) {
        private static Judged of(JournalRows.Leaf leaf) {
            Stored entry = leaf.entry();
            return entry == null
                    ? new Judged(leaf, leaf.hash(), null)
                    : new Judged(
                            leaf,
                            new Leaf(entry.communityId(), entry.digest(), leaf.communityIndex()).hash(),
                            entry.contradictions());
        }
    }

    private void leaf(Judged judged) {
        JournalRows.Leaf leaf = judged.leaf();
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
        if (entry == null) find(Kind.ENTRY_MISSING, leaf.index(), leaf.entryId(), "there is a leaf of it");
        else {
            if (!judged.hash().equals(leaf.hash()))
                find(Kind.LEAF_WRONG, leaf.index(), entry.id(), "the leaf is not that of the entry");
            if (!Objects.equals(entry.communityId(), leaf.communityId()))
                find(Kind.LEAF_WRONG, leaf.index(), entry.id(), "the leaf is of another community");
            if (last != null && !entry.isBehind(last))
                find(Kind.ENTRY_OUT_OF_ORDER, leaf.index(), entry.id(), "it comes before the one sealed before it");
            contradict(entry, leaf.index(), Objects.requireNonNull(judged.against()));
            last = entry;
        }
        if (torn) return;
        tree.add(judged.hash());
        compareRoots();
    }

    private void contradict(Stored entry, @Nullable Long index, Contradictions against) {
        for (String column : against.columns())
            find(Kind.BODY_CONTRADICTED, index, entry.id(), column + " is not what the body says");
        for (String field : against.kept())
            find(Kind.COMMITMENT_BROKEN, index, entry.id(), field + " is not what the entry commits to");
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
        if (!torn) findNodesBehind();
        readSigned(Long.MAX_VALUE);
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
                contradict(entry, null, entry.contradictions());
                if (entry.isUpTo(place)) find(Kind.ENTRY_UNSEALED, null, entry.id(), "it lies before what is sealed");
            });
        }
    }

    private void findNodesBehind() throws SQLException {
        try (var query = db.prepareStatement(NODES_BEHIND.sql())) {
            query.setLong(1, tree.size());
            try (var rows = query.executeQuery()) {
                while (rows.next())
                    find(
                            Kind.NODE_UNEXPECTED,
                            null,
                            null,
                            new Subtree(rows.getInt("level"), rows.getLong("index")).toString());
            }
        }
    }

    private void find(Kind kind, @Nullable Long index, @Nullable UUID entry, String detail) {
        findings++;
        found.accept(new Finding(kind, index, entry, detail));
    }
}
