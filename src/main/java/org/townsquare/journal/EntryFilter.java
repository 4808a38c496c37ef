package org.townsquare.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for; null: all.
 *
 * @param from the first instant
 * @param to the instant before which they happened
 */
public record EntryFilter(
        @Nullable String kind,
        @Nullable UUID subjectId,
        @Nullable UUID actorId,
        @Nullable Instant from,
        @Nullable Instant to) {
    public static final EntryFilter ALL = new EntryFilter(null, null, null, null, null);

    /** How far the time in an id, which is drawn a moment later, may be from that of its entry. */
    private static final Duration APART = Duration.ofMinutes(1);

    /** Whether it asks what an entry says. Then one that may not be read is left out: to be found by it would tell what it says. */
    public boolean asksWhatItSays() {
        return kind != null || subjectId != null || actorId != null;
    }

    static UUID earliest(Instant at) {
        return new UUID(Math.max(0, at.minus(APART).toEpochMilli()) << 16, 0);
    }

    static UUID latest(Instant at) {
        return new UUID(at.plus(APART).toEpochMilli() << 16, 0);
    }
}
