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
 * Statements of several kinds that share a few places. So long as one is free, each is sent for itself and at once; while all are taken, what comes is
 * gathered by its kind, and the place that is free next goes to the kind whose first has waited longest. So the more come, the more go together, however
 * many kinds they are of.
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
     * @param atOnce statements under way, each on a connection of its own; 0 for one at a time, and none but those for many
     * @param longestWait for a place
     */
    Lane(int atOnce, Duration longestWait) {
        this.places = Math.max(1, atOnce);
        this.always = atOnce == 0;
        this.longestWait = longestWait;
    }

    /** Of a statement under way. */
    static final class Place {
        private final long since = System.nanoTime();

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

    /** A place for one who asks now; null where there is none, and it waits. */
    synchronized @Nullable Place placeOrQueue(Runnable queue, Context here) {
        if (taken.size() < places) return take();
        queue.run();
        if (!watched) watch(VertxContext.getRootContext(here));
        watched = true;
        return null;
    }

    private Place take() {
        var place = new Place();
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

    private void beginNext() {
        Batched<?>.Batch next;
        Place place;
        synchronized (this) {
            Batched<?> kind = longestWaiting();
            if (kind == null || taken.size() >= places) return;
            next = kind.next();
            place = take();
        }
        // not in the context of one request, which may be over before the others are answered
        VertxContext.getRootContext(next.context()).runOnContext(nothing -> next.begin(place));
    }

    private @Nullable Batched<?> longestWaiting() {
        return kinds.stream()
                .filter(kind -> kind.waiting() > 0)
                .max(Comparator.comparingLong(kind -> kind.waitedNanos(System.nanoTime())))
                .orElse(null);
    }

    /** While somebody waits, looks whether statements are held up, and who has waited too long. */
    private void watch(Context root) {
        root.runOnContext(nothing -> root.owner().setTimer(USUAL.toMillis(), timer -> {
            for (Batched<?>.Asked asked : late(root)) asked.fail(new Problem.Busy());
            for (int freed = handOn(); freed > 0; freed--) beginNext();
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

    /** How many places were free again. */
    private synchronized int handOn() {
        if (!isAwaited()) return 0;
        long now = System.nanoTime();
        int before = taken.size();
        taken.removeIf(place -> place.isHeldUp(now));
        return before - taken.size();
    }
}
