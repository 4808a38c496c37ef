package org.townsquare.journal;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A text that an entry commits to, until it is erased. */
@Entity
@Immutable
@IdClass(JournalText.Key.class)
@Table(name = "journal_text")
public class JournalText extends PanacheEntityBase {
    @Id
    public UUID entryId;

    @Id
    public String field;

    public String value;
    public byte[] salt;

    JournalText() {}

    /** The key of a text. */
    public record Key(UUID entryId, String field) {}

    /** The texts of entries that the caller may read. */
    public static Uni<List<JournalText>> of(Collection<UUID> entries) {
        return JournalText.<JournalText>find("entryId in ?1", entries).list();
    }
}
