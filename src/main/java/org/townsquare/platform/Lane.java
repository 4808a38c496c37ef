package org.townsquare.platform;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Statements of several kinds that share a few places. So long as few people are under way, each is sent for itself and at once; else what comes is
 * gathered by its kind, and when the work is done the kind is next where most has been waited, all of its people together. So the more come, the more go
 * together, however many kinds they are of.
 */
final class Lane {
    /** A statement that is under way for longer waits for somebody, and those behind it are not to wait with it: the next begins beside it. */
    static final Duration USUAL = Duration.ofMillis(50);

    private final int places;
    private final boolean always;
    private final Duration longestWait;
    private final List<Batched<?>> kinds = new ArrayList<>();

    /** Statements under way that have their place yet. */
    private final Set<Place> taken = new HashSet<>();

    /** Whether a timer runs for those who wait: one for all. */
    private boolean watched;

    /**
     * @param atOnce people under way before others are gathered, and statements at most, each on a connection of its own; 0 for one at a time, and none
     *     but those for many
     * @param longestWait for a place
     */
    Lane(int atOnce, Duration longestWait) {
        this.places = Math.max(1, atOnce);
        this.always = atOnce == 0;
        this.longestWait = longestWait;
    }

    /** Of a statement under way. */
    static final class Place {
        private final int people;
        private final long since = System.nanoTime();

        private Place(int people) {
            this.people = people;
        }

        private boolean isHeldUp(long now) {
            return now - since >= USUAL.toNanos();
        }
    }

    synchronized void add(Batched<?> kind) {
        kinds.add(kind);
    }

    /** Whether what is alone goes as many do, too. */
    boolean isAlwaysTogether() {
        return always;
    }

    /** A place for one who asks now; null where it waits. */
    synchronized @Nullable Place placeOrQueue(Runnable queue, Context here) {
        if (!isAwaited() && mayBegin(1, Integer.MAX_VALUE)) return take(1);
        queue.run();
        if (!watched) watch(VertxContext.getRootContext(here));
        watched = true;
        return null;
    }

    /**
     * Beside those under way, while these are few; else for as many as may go together alone: so what many ask goes in few statements, and yet more than
     * one works where one would not keep up.
     */
    private boolean mayBegin(int people, int most) {
        int underWay = taken.stream().mapToInt(place -> place.people).sum();
        return underWay < places || (taken.size() < places && people >= most);
    }

    private Place take(int people) {
        var place = new Place(people);
        taken.add(place);
        return place;
    }

    /** A statement has ended: the next begins, unless one has begun beside it before. */
    void end(Place place) {
        synchronized (this) {
            if (!taken.remove(place)) return;
        }
        beginNext();
    }

    /** Begins what may begin. */
    void beginNext() {
        for (Runnable next = next(); next != null; next = next()) next.run();
    }

    private synchronized @Nullable Runnable next() {
        Batched<?> kind = mostAwaited();
        if (kind == null || !mayBegin(kind.waiting(), kind.most())) return null;
        Batched<?>.Batch next = kind.next();
        Place place = take(next.people());
        // not in the context of one request, which may be over before the others are answered
        return () -> VertxContext.getRootContext(next.context()).runOnContext(nothing -> next.begin(place));
    }

    private @Nullable Batched<?> mostAwaited() {
        long now = System.nanoTime();
        return kinds.stream()
                .filter(kind -> kind.waiting() > 0)
                .max(Comparator.comparingLong(kind -> kind.waitedNanos(now)))
                .orElse(null);
    }

    /** While somebody waits, looks whether statements are held up, and who has waited too long. */
    private void watch(Context root) {
        root.runOnContext(nothing -> root.owner().setTimer(USUAL.toMillis(), timer -> {
            for (Batched<?>.Asked asked : late(root)) asked.fail(new Problem.Busy());
            handOn();
            beginNext();
        }));
    }

    private synchronized List<Batched<?>.Asked> late(Context root) {
        long now = System.nanoTime();
        var late = new ArrayList<Batched<?>.Asked>();
        for (Batched<?> kind : kinds) late.addAll(kind.late(longestWait, now));
        watched = isAwaited();
        if (watched) watch(root);
        return late;
    }

    private boolean isAwaited() {
        return kinds.stream().anyMatch(kind -> kind.waiting() > 0);
    }

    private synchronized void handOn() {
        long now = System.nanoTime();
        if (isAwaited()) taken.removeIf(place -> place.isHeldUp(now));
    }
}
