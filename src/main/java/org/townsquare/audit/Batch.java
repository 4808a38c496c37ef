package org.townsquare.audit;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.JournalOrder.Unsealed;
import org.townsquare.journal.Place;
import org.townsquare.platform.Digest;

/** What one round of the sealer adds, column by column, as its statement takes it. */
final class Batch {
    final UUID[] entryIds;
    final @Nullable UUID[] communityIds;
    final Long[] communityIndexes;
    final Buffer[] hashes;
    final Integer[] levels;
    final Long[] nodeIndexes;
    final Buffer[] nodeHashes;
    final Place end;

    private Batch(List<Unsealed> entries, Map<Subtree, Digest> nodes) {
        int leaves = entries.size();
        entryIds = new UUID[leaves];
        communityIds = new UUID[leaves];
        communityIndexes = new Long[leaves];
        hashes = new Buffer[leaves];
        levels = nodes.keySet().stream().map(Subtree::level).toArray(Integer[]::new);
        nodeIndexes = nodes.keySet().stream().map(Subtree::index).toArray(Long[]::new);
        nodeHashes =
                nodes.values().stream().map(it -> Buffer.buffer(it.bytes())).toArray(Buffer[]::new);
        end = entries.get(leaves - 1).place();
    }

    /**
     * Numbers the entries and hashes them.
     *
     * @param next the next index of each community
     * @param tree at the end of which they are added
     * @param grown the map that the tree tells its new nodes
     */
    static Batch of(
            List<Unsealed> entries, Map<@Nullable UUID, Long> next, GrowingTree tree, Map<Subtree, Digest> grown) {
        var indexes = new HashMap<>(next);
        var leaves = new Leaf[entries.size()];
        for (int i = 0; i < leaves.length; i++) {
            Unsealed entry = entries.get(i);
            long index = Objects.requireNonNull(indexes.get(entry.communityId()));
            indexes.put(entry.communityId(), index + 1);
            leaves[i] = new Leaf(entry.communityId(), entry.entry(), index);
        }
        var hashed = new Digest[leaves.length];
        for (int i = 0; i < leaves.length; i++) {
            hashed[i] = leaves[i].hash();
            tree.add(hashed[i]);
        }
        var batch = new Batch(entries, grown);
        for (int i = 0; i < leaves.length; i++) {
            batch.entryIds[i] = entries.get(i).place().entryId();
            batch.communityIds[i] = leaves[i].community();
            batch.communityIndexes[i] = leaves[i].index();
            batch.hashes[i] = Buffer.buffer(hashed[i].bytes());
        }
        return batch;
    }
}
