package org.townsquare.platform;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.CreationTimestamp;
import org.hibernate.annotations.UpdateTimestamp;
import org.jspecify.annotations.Nullable;

/** A row that knows its acts. Its id (UUIDv7) is ours before the row exists; its version guards it. */
@MappedSuperclass
public abstract class ActiveRecord extends PanacheEntityBase {
    @Id
    public UUID id = Ids.next();

    @Version
    public long version;

    @CreationTimestamp
    public Instant createdAt;

    @UpdateTimestamp
    public Instant updatedAt;

    /** Takes over what every row has, from one that a hand-written statement read: a record to be shown, which no session knows. */
    protected final void readFrom(Row row) {
        id = row.getUUID("id");
        version = row.getLong("version");
        createdAt = row.getOffsetDateTime("created_at").toInstant();
        updatedAt = row.getOffsetDateTime("updated_at").toInstant();
    }

    /** The strong entity tag of this row as it stands, quotes included. */
    public String etag() {
        return "\"" + version + "\"";
    }

    /**
     * Refuses a change that was made on another version than this one. Problems: {@code if-match-required} (428), {@code stale} (412).
     *
     * @param ifMatch the header {@code If-Match}: a list of entity tags, or {@code *}
     */
    public void requireMatch(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) throw new Problem.PreconditionRequired();
        for (String tag : ifMatch.split(",", -1)) {
            String trimmed = tag.trim();
            if (trimmed.equals("*") || trimmed.equals(etag()) || isOfThisVersion(trimmed)) return;
        }
        throw new Problem.Stale();
    }

    /** Whether it is the tag of a view of this row: the version, then a digest of what was shown. */
    private boolean isOfThisVersion(String tag) {
        return tag.startsWith("\"" + version + ".") && tag.endsWith("\"");
    }
}
