package org.townsquare.journal;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened: past tense, immutable, a record. Its components are ids, enums, integers, booleans, instants, digests, lists of these, or
 * {@link PrivateText}; never a plain text, since the journal cannot forget.
 */
public interface Fact {
    /** Where it happened; null for what concerns the installation or a user alone. */
    @Nullable
    UUID communityId();

    /** What it happened to. */
    Subject subject();

    /** Who may read of it. */
    Audience audience();

    /** The person whom it happened to, who may read of it whatever its audience is; null where that is nobody in particular. */
    default @Nullable UUID person() {
        return null;
    }

    /** The name of the record. */
    default String kind() {
        return getClass().getSimpleName();
    }

    /** A thing by its type (the name of its table) and id. */
    record Subject(String type, UUID id) {}

    /** Who may read an entry; the table in the design of the audit log says who that is. */
    enum Audience {
        PUBLIC,
        MEMBER,
        PERSONAL,
        BALLOT,
        SECURITY
    }
}
