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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Conditions;
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
    public static Uni<List<JournalEntry>> ofCommunity(UUID communityId, EntryFilter filter, UUID before, int rows) {
        return page("communityId = ?1", communityId, filter, before, rows);
    }

    /** Those of the installation, newest first. The caller is a PLATFORM_ADMIN and shows each as its audience demands. */
    public static Uni<List<JournalEntry>> ofNoCommunity(EntryFilter filter, UUID before, int rows) {
        return page("communityId is null", null, filter, before, rows);
    }

    /** Those whose actor or subject somebody is, newest first. The caller is this user. */
    public static Uni<List<JournalEntry>> ofPerson(UUID userId, EntryFilter filter, UUID before, int rows) {
        return page("(actorId = ?1 or subjectId = ?1)", userId, filter, before, rows);
    }

    private static Uni<List<JournalEntry>> page(
            String of, @Nullable UUID whose, EntryFilter filter, UUID before, int rows) {
        var asked = (whose == null ? new Conditions() : new Conditions(whose))
                .and("id < %s", before)
                .and("kind = %s", filter.kind())
                .and("subjectId = %s", filter.subjectId())
                .and("actorId = %s", filter.actorId())
                .and("at >= %s", filter.from())
                .and("id >= %s", filter.from() == null ? null : EntryFilter.earliest(filter.from()))
                .and("at < %s", filter.to())
                .and("id < %s", filter.to() == null ? null : EntryFilter.latest(filter.to()));
        return JournalEntry.<JournalEntry>find(of + asked.text() + " order by id desc", asked.values())
                .page(0, rows)
                .list();
    }

    /** One entry; null where there is none. The caller asks who may read it. */
    public static Uni<@Nullable JournalEntry> of(UUID id) {
        return JournalEntry.<JournalEntry>find("id = ?1", id).firstResult();
    }

    /** These entries, in no order. The caller has found them in its log, and shows each as its audience demands. */
    public static Uni<List<JournalEntry>> of(Collection<UUID> ids) {
        return JournalEntry.<JournalEntry>find("id in ?1", ids).list();
    }

    /** The first entry of this kind about each of these things, which the caller has found. */
    public static Uni<Map<UUID, UUID>> firstAbout(Collection<UUID> subjects, String kind) {
        return JournalEntry.<JournalEntry>find("subjectId in ?1 and kind = ?2 order by id desc", subjects, kind)
                .list()
                .map(entries -> {
                    var first = new HashMap<UUID, UUID>();
                    for (JournalEntry entry : entries) first.put(entry.subjectId, entry.id);
                    return first;
                });
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
