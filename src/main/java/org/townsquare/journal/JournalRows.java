package org.townsquare.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Statement;

/** The journal part by part, for who verifies it: over JDBC, in the caller's transaction, never more than one part in memory. */
public final class JournalRows {
    private static final Statement LEAVES = Statement.of(JournalRows.class, "leaves.sql");
    private static final Statement ENTRIES = Statement.of(JournalRows.class, "entries.sql");
    private static final Statement NOT_SEALED = Statement.of(JournalRows.class, "not-sealed.sql");
    private static final Statement KEPT = Statement.of(JournalRows.class, "kept.sql");
    private static final Statement ORPHANS = Statement.of(JournalRows.class, "orphans.sql");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Rows of a part. */
    private static final int PART = 2_000;

    private JournalRows() {}

    /** What takes a row or a part, and may read on in the database. */
    public interface Taker<T> {
        void take(T row) throws SQLException;
    }

    /**
     * A private text, an address or a device that is kept beside an entry.
     *
     * @param salt of its commitment
     */
    record Kept(String field, String value, Digest salt) {
        private boolean isCommittedTo(JsonNode body) {
            byte[] key = salt.bytes();
            return key.length > 0
                    && Digest.hmac(key, value)
                            .text()
                            .equals(body.path("commitments").path(field).textValue());
        }
    }

    /**
     * What is held against the body of an entry and is not what it says.
     *
     * @param columns of its row
     * @param kept fields of what is kept beside it
     */
    public record Contradictions(List<String> columns, List<String> kept) {}

    /**
     * A leaf as it is kept.
     *
     * @param entry null where the entry is not there
     */
    public record Leaf(
            long index,
            UUID entryId,
            @Nullable UUID communityId,
            long communityIndex,
            Digest hash,
            @Nullable Stored entry) {}

    /**
     * An entry as it is kept.
     *
     * @param digest SHA-256 of the bytes of its body
     */
    public record Stored(
            UUID id,
            int stream,
            BigInteger createdXid,
            Instant at,
            String kind,
            @Nullable UUID communityId,
            String subjectType,
            UUID subjectId,
            @Nullable UUID actorId,
            @Nullable UUID impersonatorId,
            String credential,
            String body,
            Digest digest,
            List<Kept> kept) {
        /** What the columns and what is kept beside it say otherwise than the body. */
        public Contradictions contradictions() {
            JsonNode says = json(body);
            if (says == null || !says.isObject())
                return new Contradictions(
                        List.of("body"), kept.stream().map(Kept::field).toList());
            return new Contradictions(
                    columns(says),
                    kept.stream()
                            .filter(it -> !it.isCommittedTo(says))
                            .map(Kept::field)
                            .toList());
        }

        private List<String> columns(JsonNode says) {
            var found = new ArrayList<String>();
            differ(found, "id", says.path("id"), id);
            differ(found, "at", says.path("at"), Journal.SIX_DECIMALS.format(at));
            differ(found, "kind", says.path("kind"), kind);
            differ(found, "community_id", says.path("community"), communityId);
            differ(found, "subject_type", says.path("subject").path("type"), subjectType);
            differ(found, "subject_id", says.path("subject").path("id"), subjectId);
            differ(found, "actor_id", says.path("actor"), actorId);
            differ(found, "impersonator_id", says.path("impersonator"), impersonatorId);
            differ(found, "credential", says.path("credential"), credential);
            return found;
        }

        private static void differ(List<String> found, String column, JsonNode says, @Nullable Object value) {
            if (!Objects.equals(says.textValue(), value == null ? null : value.toString())) found.add(column);
        }

        /** Whether it comes behind another in the order of the journal. */
        public boolean isBehind(Stored other) {
            if (stream != other.stream) return stream > other.stream;
            int order = createdXid.compareTo(other.createdXid);
            return order > 0 || (order == 0 && isGreater(id, other.id));
        }

        /** Whether it comes at a place or before it. */
        public boolean isUpTo(Place place) {
            if (stream != place.stream()) return stream < place.stream();
            int order = createdXid.compareTo(new BigInteger(place.createdXid()));
            return order < 0 || (order == 0 && !isGreater(id, place.entryId()));
        }

        /** As PostgreSQL orders them: without sign. */
        private static boolean isGreater(UUID id, UUID other) {
            int high = Long.compareUnsigned(id.getMostSignificantBits(), other.getMostSignificantBits());
            return high > 0
                    || (high == 0
                            && Long.compareUnsigned(id.getLeastSignificantBits(), other.getLeastSignificantBits()) > 0);
        }
    }

    /** The log in its order, each leaf with its entry. */
    public static void sealed(Connection db, Taker<List<Leaf>> taker) throws SQLException {
        try (var leaves = db.prepareStatement(LEAVES.sql());
                var entries = db.prepareStatement(ENTRIES.sql());
                var kept = db.prepareStatement(KEPT.sql())) {
            long next = Long.MIN_VALUE;
            leaves.setInt(2, PART);
            while (true) {
                leaves.setLong(1, next);
                var rows = new ArrayList<LeafRow>(PART);
                each(leaves, row -> rows.add(LeafRow.of(row)));
                if (rows.isEmpty()) return;
                taker.take(with(
                        entries(
                                db,
                                entries,
                                kept,
                                rows.stream().map(LeafRow::entryId).toList()),
                        rows));
                if (rows.size() < PART) return;
                next = rows.get(PART - 1).index + 1;
            }
        }
    }

    private record LeafRow(
            long index, UUID entryId, @Nullable UUID communityId, long communityIndex, Digest hash) {
        private static LeafRow of(ResultSet row) throws SQLException {
            return new LeafRow(
                    row.getLong("leaf_index"),
                    Objects.requireNonNull(row.getObject("entry_id", UUID.class)),
                    row.getObject("community_id", UUID.class),
                    row.getLong("community_index"),
                    Digest.of(row.getBytes("leaf_hash")));
        }
    }

    private static List<Leaf> with(Map<UUID, Stored> entries, List<LeafRow> rows) {
        return rows.stream()
                .map(it -> new Leaf(
                        it.index, it.entryId, it.communityId, it.communityIndex, it.hash, entries.get(it.entryId)))
                .toList();
    }

    private static Map<UUID, Stored> entries(
            Connection db, PreparedStatement entries, PreparedStatement kept, List<UUID> wanted) throws SQLException {
        Array ids = db.createArrayOf("uuid", wanted.toArray());
        Map<UUID, List<Kept>> beside = kept(kept, ids);
        entries.setArray(1, ids);
        var found = new HashMap<UUID, Stored>();
        each(entries, row -> {
            Stored entry = stored(row, beside);
            found.put(entry.id, entry);
        });
        return found;
    }

    private static Map<UUID, List<Kept>> kept(PreparedStatement query, Array ids) throws SQLException {
        for (int i = 1; i <= 3; i++) query.setArray(i, ids);
        var found = new HashMap<UUID, List<Kept>>();
        each(
                query,
                row -> found.computeIfAbsent(
                                Objects.requireNonNull(row.getObject("entry_id", UUID.class)), id -> new ArrayList<>())
                        .add(new Kept(
                                row.getString("field"), row.getString("value"), Digest.of(row.getBytes("salt")))));
        return found;
    }

    /** Every entry without a leaf, in the order of the journal. */
    public static void notSealed(Connection db, Taker<Stored> taker) throws SQLException {
        try (var query = db.prepareStatement(NOT_SEALED.sql());
                var entries = db.prepareStatement(ENTRIES.sql());
                var kept = db.prepareStatement(KEPT.sql())) {
            query.setFetchSize(PART);
            var part = new ArrayList<UUID>(PART);
            each(query, row -> {
                part.add(Objects.requireNonNull(row.getObject("id", UUID.class)));
                if (part.size() == PART) take(entries(db, entries, kept, part), part, taker);
            });
            take(entries(db, entries, kept, part), part, taker);
        }
    }

    private static void take(Map<UUID, Stored> entries, List<UUID> part, Taker<Stored> taker) throws SQLException {
        for (UUID id : part) taker.take(Objects.requireNonNull(entries.get(id)));
        part.clear();
    }

    /**
     * Something that is kept beside an entry that is not there.
     *
     * @param field of it
     */
    public record Orphan(UUID entryId, String field) {}

    /** All that is kept of entries that are not there. */
    public static void orphans(Connection db, Taker<Orphan> taker) throws SQLException {
        try (var query = db.prepareStatement(ORPHANS.sql())) {
            query.setFetchSize(PART);
            each(
                    query,
                    row -> taker.take(new Orphan(
                            Objects.requireNonNull(row.getObject("entry_id", UUID.class)), row.getString("field"))));
        }
    }

    private static void each(PreparedStatement query, Taker<ResultSet> taker) throws SQLException {
        try (var rows = query.executeQuery()) {
            while (rows.next()) taker.take(rows);
        }
    }

    private static Stored stored(ResultSet row, Map<UUID, List<Kept>> kept) throws SQLException {
        byte[] body = row.getBytes("body");
        UUID id = Objects.requireNonNull(row.getObject("id", UUID.class));
        return new Stored(
                id,
                row.getInt("stream"),
                new BigInteger(row.getString("created_xid")),
                Objects.requireNonNull(row.getObject("at", OffsetDateTime.class))
                        .toInstant(),
                row.getString("kind"),
                row.getObject("community_id", UUID.class),
                row.getString("subject_type"),
                Objects.requireNonNull(row.getObject("subject_id", UUID.class)),
                row.getObject("actor_id", UUID.class),
                row.getObject("impersonator_id", UUID.class),
                row.getString("credential"),
                new String(body, StandardCharsets.UTF_8),
                Digest.sha256(body),
                kept.getOrDefault(id, List.of()));
    }

    private static @Nullable JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return null; // it says nothing
        }
    }
}
