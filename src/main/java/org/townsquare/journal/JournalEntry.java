package org.townsquare.journal;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;

/** An entry as it is read. It is written by {@link Journal} alone, and never again. */
@Entity
@Immutable
@Table(name = "journal_entry")
public class JournalEntry extends PanacheEntityBase {
    @Id
    public UUID id;

    public int stream;
    public Instant at;
    public @Nullable UUID communityId;
    public String kind;
    public String subjectType;
    public UUID subjectId;
    public @Nullable UUID actorId;
    public @Nullable UUID impersonatorId;

    @Enumerated(EnumType.STRING)
    public Actor.Credential credential;

    public byte[] body;

    JournalEntry() {}

    /** A community's entries, newest first. The caller has found the community and shows each entry as its audience demands. */
    public static Uni<List<JournalEntry>> ofCommunity(UUID communityId, UUID before, int rows) {
        return JournalEntry.<JournalEntry>find("communityId = ?1 and id < ?2 order by id desc", communityId, before)
                .page(0, rows)
                .list();
    }

    /** The entry about this thing whose fact carries this receipt; null where there is none. */
    public static Uni<@Nullable UUID> ofReceipt(UUID subjectId, Digest receipt) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select id from journal_entry where subject_id = :subject and position(convert_to(cast(:receipt as varchar), 'UTF8') in body) > 0 order by id limit 1",
                                UUID.class)
                        .setParameter("subject", subjectId)
                        .setParameter("receipt", "\"receipt\":\"" + receipt.text() + "\"")
                        .getSingleResultOrNull());
    }

    /** What this entry is known by where it may not be read: SHA-256 of its body. */
    public Digest digest() {
        return Digest.sha256(body);
    }
}
