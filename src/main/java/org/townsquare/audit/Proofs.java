package org.townsquare.audit;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Problem.BadRequest;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Statement;

/** What proves the log, read from the tree. What was read once never changes, so that no statement needs to see what another saw. */
@ApplicationScoped
class Proofs {
    private static final Statement LEAF =
            new Statement("select leaf_index, community_index from log_leaf where entry_id = $1");
    private static final Statement CHECKPOINTS = Statement.of(Proofs.class, "checkpoints.sql");

    private final Pool pool;

    Proofs(Pool pool) {
        this.pool = pool;
    }

    /** Of an entry by the last checkpoint; one that says {@code not-sealed-yet} where that does not cover it. */
    Uni<ProofView> of(UUID entryId, @Nullable UUID communityId, Digest entry) {
        return StoredCheckpoint.last(pool)
                .chain(checkpoint -> LEAF.run(pool, entryId).chain(rows -> {
                    if (checkpoint == null || rows.size() == 0)
                        return Uni.createFrom().item(ProofView.notYet(entryId));
                    var row = rows.iterator().next();
                    long index = row.getLong("leaf_index");
                    if (index >= checkpoint.size()) return Uni.createFrom().item(ProofView.notYet(entryId));
                    var leaf = new Leaf(communityId, entry, row.getLong("community_index"));
                    return LogTree.hashes(pool, MerkleTree.inclusion(index, checkpoint.size()))
                            .map(path -> ProofView.of(entryId, leaf, index, path, checkpoint.note()));
                }));
    }

    /** Problems: {@code parameter-invalid}, {@code not-sealed-yet}. */
    Uni<ConsistencyView> consistency(long from, @Nullable Long to) {
        return last().chain(checkpoint -> {
            long end = to == null ? checkpoint.size() : to;
            if (end > checkpoint.size() || from > end)
                throw new BadRequest(
                        "parameter-invalid",
                        "from is at most to, and to at most %d, which is the size of the last checkpoint."
                                .formatted(checkpoint.size()));
            return LogTree.hashes(pool, MerkleTree.consistency(from, end))
                    .map(path -> new ConsistencyView(from, end, path));
        });
    }

    /** The last checkpoint. Problems: {@code not-sealed-yet}. */
    Uni<StoredCheckpoint> last() {
        return StoredCheckpoint.last(pool)
                .onItem()
                .ifNull()
                .failWith(() -> new NotFound("not-sealed-yet", "No checkpoint has been signed yet."));
    }

    /** Newest first, below this size. */
    Uni<List<CheckpointView>> checkpoints(long below, int rows) {
        return CHECKPOINTS.run(pool, below, rows).map(CheckpointView::of);
    }
}
