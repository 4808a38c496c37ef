package org.townsquare.platform;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * Where a page ended: the key of its last row. Opaque to clients.
 *
 * @param at the time that the list is ordered by first; {@link Instant#EPOCH} where the id alone orders it
 * @param id the id of the row
 */
public record Cursor(Instant at, UUID id) {
    private static final int LENGTH = 4 + 8 + 4 + 16;

    public static Cursor of(UUID id) {
        return new Cursor(Instant.EPOCH, id);
    }

    String text(String list) {
        var bytes = ByteBuffer.allocate(LENGTH)
                .putInt(list.hashCode())
                .putLong(at.getEpochSecond())
                .putInt(at.getNano())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Problems: {@code cursor-invalid} when it is no cursor of this list. */
    static Cursor parse(String text, String list) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            var in = ByteBuffer.wrap(bytes);
            if (bytes.length != LENGTH || in.getInt() != list.hashCode()) throw invalid();
            var at = Instant.ofEpochSecond(in.getLong(), in.getInt());
            // what PostgreSQL's timestamps cannot hold was not made by us
            if (at.isBefore(Instant.EPOCH) || at.isAfter(Instant.parse("9999-12-31T00:00:00Z"))) throw invalid();
            return new Cursor(at, new UUID(in.getLong(), in.getLong()));
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw invalid();
        }
    }

    private static Problem invalid() {
        return new Problem.BadRequest("cursor-invalid", "The cursor is none of this list: begin at the first page.");
    }
}
