package org.townsquare.journal;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** Where the request behind an entry came from; kept for 90 days. */
@Entity
@Immutable
@Table(name = "journal_origin")
public class JournalOrigin extends PanacheEntityBase {
    @Id
    public UUID entryId;

    public String ip;
    public @Nullable String userAgent;

    JournalOrigin() {}

    /** The origins of entries whose actor is the viewer. */
    public static Uni<List<JournalOrigin>> of(Collection<UUID> entries) {
        return JournalOrigin.<JournalOrigin>find("entryId in ?1", entries).list();
    }
}
