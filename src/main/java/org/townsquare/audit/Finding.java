package org.townsquare.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that is not as it was written. */
record Finding(Kind kind, @Nullable Long index, @Nullable UUID entry, String detail) {
    /** What can be wrong. */
    enum Kind {
        BODY_CONTRADICTED,
        ENTRY_MISSING,
        ENTRY_OUT_OF_ORDER,
        ENTRY_UNSEALED,
        COMMITMENT_BROKEN,
        LEAF_WRONG,
        LEAF_MISSING,
        INDEX_NOT_DENSE,
        NODE_WRONG,
        NODE_MISSING,
        NODE_UNEXPECTED,
        HEAD_WRONG,
        CHECKPOINT_WRONG,
        CHECKPOINT_MISSING,
        ROOT_WRONG,
        LOG_BEHIND_ITS_CHECKPOINT,
        SINK_UNREADABLE,
        INVARIANT_BROKEN
    }

    /** One line of JSON. */
    String line() {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("finding", kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        if (index != null) json.put("index", index);
        if (entry != null) json.put("entry", entry.toString());
        return json.put("detail", detail).toString();
    }
}
