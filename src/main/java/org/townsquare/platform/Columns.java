package org.townsquare.platform;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Columns of a row that a hand-written statement read, in the types of our records. */
public final class Columns {
    private Columns() {}

    public static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime value = row.getOffsetDateTime(column);
        return value == null ? null : value.toInstant();
    }

    public static <E extends Enum<E>> @Nullable E oneOf(Class<E> type, Row row, String column) {
        String value = row.getString(column);
        return value == null ? null : Enum.valueOf(type, value);
    }

    public static byte @Nullable [] bytes(Row row, String column) {
        var value = row.getBuffer(column);
        return value == null ? null : value.getBytes();
    }
}
