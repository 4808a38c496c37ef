package org.townsquare.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Statement;

/** The journal row by row, for who verifies it: over JDBC, in the caller's transaction, without loading all of it. */
public final class JournalRows {
    private static final Statement SEALED = Statement.of(JournalRows.class, "sealed.sql");
    private static final Statement NOT_SEALED = Statement.of(JournalRows.class, "not-sealed.sql");
    private static final Statement KEPT = Statement.of(JournalRows.class, "kept.sql");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FETCHED = 1_000;

    private JournalRows() {}

    /** What takes a row, and may read on in the database. */
    public interface Taker<T> {
        void take(T row) throws SQLException;
    }

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
            Digest digest) {
        /** The columns that say something else than the body. */
        public List<String> contradictions() {
            var found = new ArrayList<String>();
            JsonNode says = json(body);
            if (says == null || !says.isObject()) return List.of("body");
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

    /**
     * A value that an entry commits to.
     *
     * @param holds whether the body has the commitment to this value and salt
     */
    public record Kept(UUID entryId, String field, boolean holds) {}

    /** Every leaf of the log in its order, with its entry. */
    public static void sealed(Connection db, Taker<Leaf> taker) throws SQLException {
        each(
                db,
                SEALED,
                row -> taker.take(new Leaf(
                        row.getLong("leaf_index"),
                        Objects.requireNonNull(row.getObject("leaf_entry_id", UUID.class)),
                        row.getObject("leaf_community_id", UUID.class),
                        row.getLong("community_index"),
                        Digest.of(row.getBytes("leaf_hash")),
                        row.getObject("id") == null ? null : stored(row))));
    }

    /** Every entry without a leaf. */
    public static void notSealed(Connection db, Taker<Stored> taker) throws SQLException {
        each(db, NOT_SEALED, row -> taker.take(stored(row)));
    }

    /** Every private text and origin that is kept. */
    public static void kept(Connection db, Taker<Kept> taker) throws SQLException {
        each(db, KEPT, row -> {
            byte[] body = row.getBytes("body");
            JsonNode says = body == null ? null : json(new String(body, StandardCharsets.UTF_8));
            String field = row.getString("field");
            String commitment =
                    says == null ? null : says.path("commitments").path(field).textValue();
            taker.take(new Kept(
                    Objects.requireNonNull(row.getObject("entry_id", UUID.class)),
                    field,
                    Digest.hmac(row.getBytes("salt"), row.getString("value"))
                            .text()
                            .equals(commitment)));
        });
    }

    private static void each(Connection db, Statement statement, Taker<ResultSet> taker) throws SQLException {
        try (var query = db.prepareStatement(statement.sql())) {
            query.setFetchSize(FETCHED);
            try (var rows = query.executeQuery()) {
                while (rows.next()) taker.take(rows);
            }
        }
    }

    private static Stored stored(ResultSet row) throws SQLException {
        byte[] body = row.getBytes("body");
        return new Stored(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
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
                Digest.sha256(body));
    }

    private static @Nullable JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return null; // it says nothing
        }
    }
}
