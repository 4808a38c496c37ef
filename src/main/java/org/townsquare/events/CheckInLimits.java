package org.townsquare.events;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Buckets;
import org.townsquare.platform.Problem.Busy;
import org.townsquare.platform.Problem.TooMany;

/** What one replica takes: so many check-ins at one event in a second, and so many new ones of one person or device in a minute. */
@ApplicationScoped
class CheckInLimits {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Of people who act for an event: 20 a second, 60 at once. */
    private static final int OF_STAFF = 60;

    private static final Duration STAFF_FILLS = Duration.ofSeconds(3);

    private final Buckets<EventCode> events;
    private final Buckets<String> people;
    private final Buckets<UUID> staff;
    private final int perSecond;
    private final int perMinute;

    @Inject
    CheckInLimits(EventsConfig config) {
        this(config.checkInsPerSecond(), config.newCheckInsPerMinute(), System::nanoTime);
    }

    CheckInLimits(int perSecond, int perMinute, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.perMinute = perMinute;
        events = new Buckets<>(nanos);
        people = new Buckets<>(nanos);
        staff = new Buckets<>(nanos);
    }

    /** One more attempt with this code. Problems: {@code busy}. */
    void requireRoom(EventCode code) {
        if (perSecond > 0 && !events.take(code, perSecond, SECOND).isZero())
            throw new Busy("busy", "Very many check in to this event right now: try again in a moment.");
    }

    /**
     * What a new check-in of theirs is refused with: {@code rate-limited}; null where it is none too many. A repeat is none.
     *
     * @param who a user or a device; null for a device that has no cookie yet
     */
    @Nullable
    TooMany refusal(@Nullable String who) {
        if (who == null || perMinute == 0) return null;
        Duration wait = people.untilNext(who, perMinute, MINUTE);
        return wait.isZero()
                ? null
                : new TooMany("rate-limited", "You have checked in to very many events: wait, then try again.", wait);
    }

    /** A new one was made. */
    void count(@Nullable String who) {
        // of those that came at once, those above the limit are forgiven
        if (who != null && perMinute > 0) people.take(who, perMinute, MINUTE);
    }

    /** One more check-in by somebody who acts for an event. Problems: {@code rate-limited}. */
    void requireRoom(UUID staffId) {
        Duration wait = staff.take(staffId, OF_STAFF, STAFF_FILLS);
        if (!wait.isZero())
            throw new TooMany("rate-limited", "That is faster than anybody can: wait, then try again.", wait);
    }
}
