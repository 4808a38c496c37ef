package org.townsquare.audit;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.townsquare.audit.MerkleTree.Range;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Statement;

/** The tree as the database keeps it: the roots of full subtrees of 256 leaves and more, and the leaves. */
final class LogTree {
    /** The level of the smallest subtrees that are kept. */
    static final int KEPT = 8;

    private static final Statement NODES = Statement.of(LogTree.class, "nodes.sql");
    private static final Statement BLOCKS = Statement.of(LogTree.class, "blocks.sql");

    private LogTree() {}

    /** Of the tree at this size. Fails with {@link LogRefused} where the database has not all of it. */
    static Uni<Digest> root(SqlClient client, long size) {
        return hashes(client, List.of(MerkleTree.whole(size))).map(it -> it.get(0));
    }

    /** The hashes of these parts, in their order; two statements, however many parts there are. */
    static Uni<List<Digest>> hashes(SqlClient client, List<Range> parts) {
        var subtrees = parts.stream().flatMap(it -> it.full().stream()).collect(Collectors.toSet());
        return subtrees(client, subtrees)
                .map(known -> parts.stream().map(it -> it.hash(known)).toList());
    }

    /** The hashes of these full subtrees. */
    static Uni<Function<Subtree, Digest>> subtrees(SqlClient client, Collection<Subtree> wanted) {
        List<Subtree> kept =
                wanted.stream().filter(it -> it.level() >= KEPT).distinct().toList();
        Set<Long> blocks = wanted.stream()
                .filter(it -> it.level() < KEPT)
                .map(it -> it.first() >> KEPT)
                .collect(Collectors.toCollection(TreeSet::new));
        var known = new HashMap<Subtree, Digest>();
        return nodes(client, kept, known)
                .chain(() -> leaves(client, blocks, known))
                .replaceWith(subtree -> hash(known, subtree));
    }

    private static Uni<Void> nodes(SqlClient client, List<Subtree> kept, Map<Subtree, Digest> known) {
        if (kept.isEmpty()) return Uni.createFrom().voidItem();
        return NODES.run(
                        client,
                        kept.stream().map(Subtree::level).toArray(Integer[]::new),
                        kept.stream().map(Subtree::index).toArray(Long[]::new))
                .invoke(rows -> rows.forEach(row -> known.put(
                        new Subtree(row.getInteger("level"), row.getLong("index")),
                        Digest.of(row.getBuffer("hash").getBytes()))))
                .replaceWithVoid();
    }

    private static Uni<Void> leaves(SqlClient client, Set<Long> blocks, Map<Subtree, Digest> known) {
        if (blocks.isEmpty()) return Uni.createFrom().voidItem();
        return BLOCKS.run(client, (Object) blocks.toArray(Long[]::new))
                .invoke(rows -> rows.forEach(row -> known.put(
                        new Subtree(0, row.getLong("leaf_index")),
                        Digest.of(row.getBuffer("leaf_hash").getBytes()))))
                .replaceWithVoid();
    }

    /** Small subtrees are computed from their leaves, and remembered. */
    private static Digest hash(Map<Subtree, Digest> known, Subtree subtree) {
        Digest hash = known.get(subtree);
        if (hash != null) return hash;
        if (subtree.level() == 0 || subtree.level() >= KEPT)
            throw new LogRefused(LogAlarm.LOG_INCONSISTENT, "the log has no " + subtree);
        Digest computed = MerkleTree.node(
                hash(known, new Subtree(subtree.level() - 1, subtree.index() * 2)),
                hash(known, new Subtree(subtree.level() - 1, subtree.index() * 2 + 1)));
        known.put(subtree, computed);
        return computed;
    }

    /** A tree that goes on at this size, and the subtrees to keep that it grows from then on. */
    static Uni<GrowingTree> growing(SqlClient client, long size, Map<Subtree, Digest> grown) {
        return subtrees(client, new ArrayList<>(MerkleTree.whole(size).full()))
                .map(known -> GrowingTree.from(size, known, (subtree, hash) -> {
                    if (subtree.level() >= KEPT) grown.put(subtree, hash);
                }));
    }
}
