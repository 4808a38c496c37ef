package org.townsquare.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;

/** A checkpoint in a list. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CheckpointView(
        @Schema(description = "How many entries it covers.") long size,

        @Schema(description = "The root of the tree of these entries, base64url.", implementation = String.class)
        Digest root,

        Instant signedAt,

        @Schema(description = "When it was published in every place; absent before that.") @Nullable
        Instant publishedAt,

        @Schema(description = "The signed note, as it was published.")
        String note) {
    static List<CheckpointView> of(RowSet<Row> rows) {
        var views = new ArrayList<CheckpointView>();
        for (Row row : rows)
            views.add(new CheckpointView(
                    row.getLong("size"),
                    Digest.of(row.getBuffer("root").getBytes()),
                    Objects.requireNonNull(instant(row, "signed_at")),
                    instant(row, "published_at"),
                    row.getString("note")));
        return views;
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
