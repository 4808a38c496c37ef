package org.townsquare.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.CanonicalJson;
import org.townsquare.platform.Digest;

/**
 * What stands in the tree of an entry.
 *
 * @param community whose entry it is; null for one of the installation
 * @param entry SHA-256 of its body
 * @param index its number among the entries of this community, without a gap from 0 on
 */
record Leaf(@Nullable UUID community, Digest entry, long index) {
    /** The RFC 8785 text that is hashed. */
    String data() {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("community", community == null ? null : community.toString())
                .put("entry", entry.text())
                .put("index", index);
        return CanonicalJson.write(json);
    }

    Digest hash() {
        return MerkleTree.leaf(data().getBytes(StandardCharsets.UTF_8));
    }
}
