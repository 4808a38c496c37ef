package org.townsquare.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;

/** What proves that an entry stands in the log. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProofView(
        UUID entryId,

        @Schema(description = "`not-sealed-yet` where nothing follows: ask again after `Retry-After`.") @Nullable
        String code,

        @Schema(
                description =
                        "The text that is hashed: `entry` is SHA-256 of the entry's body, `index` its number in the community. The leaf's hash is SHA-256 of a zero byte and this text.")
        @Nullable
        String leaf,

        @Schema(description = "The place of the leaf in the tree, from 0 on.") @Nullable
        Long leafIndex,

        @Schema(
                description = "The inclusion path of RFC 9162, base64url, from the leaf to the root.",
                type = SchemaType.ARRAY,
                implementation = String.class)
        @Nullable
        List<Digest> path,

        @Schema(description = "The signed checkpoint whose root the path leads to: a C2SP tlog-checkpoint.") @Nullable
        String checkpoint) {
    static ProofView notYet(UUID entryId) {
        return new ProofView(entryId, "not-sealed-yet", null, null, null, null);
    }

    static ProofView of(UUID entryId, Leaf leaf, long leafIndex, List<Digest> path, String checkpoint) {
        return new ProofView(entryId, null, leaf.data(), leafIndex, path, checkpoint);
    }
}
