package org.townsquare.platform;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Statements of several kinds that share a few places. So long as few are under way, each is sent for itself and at once; else what comes is gathered by its
 * kind, and when those under way are done the kind is next where most has been waited, by all of its people. So the more come, the more go together,
 * however many kinds they are of.
 */
final class Lane {
    /** Statements beside those that have a place: so many that something is left of the pool for others. */
    private static final int MOST_BESIDE = 6;

    private final int few;
    private final boolean always;
    private final Duration usual;
    private final Duration longestWait;
    private final List<Batched<?>> kinds = new ArrayList<>();

    /** Statements under way that have their place still. */
    private final Set<Place> taken = new HashSet<>();

    /** Those that had one, and are held up. */
    private final Set<Place> heldUp = new HashSet<>();

    /** Of those who are left out by a batch: what is under way, and what is not. */
    private int besides;

    private final Queue<Consumer<Runnable>> leftOut = new ArrayDeque<>();

    /** Whether a timer runs for those who wait: one for all. */
    private boolean watched;

    /**
     * @param few questions that are under way before others are gathered, and statements at most, each on a connection of its own; 0 for one at a time, and
     *     none but those for many
     * @param usual what is under way for longer waits for somebody, and those behind it are not to wait with it: the next begins beside it
     * @param longestWait for a place
     */
    Lane(int few, Duration usual, Duration longestWait) {
        this.few = Math.max(1, few);
        this.always = few == 0;
        this.usual = usual;
        this.longestWait = longestWait;
    }

    /** Of a statement under way. */
    static final class Place {
        private final int questions;
        private final long since = System.nanoTime();

        private Place(int questions) {
            this.questions = questions;
        }
    }

    synchronized void add(Batched<?> kind) {
        kinds.add(kind);
    }

    /** Whether what is alone goes as many do, too. */
    boolean isAlwaysTogether() {
        return always;
    }

    /** Longer than it usually takes. */
    boolean isLong(Duration time) {
        return time.compareTo(usual) >= 0;
    }

    /** A place for one who asks now; null where it waits. */
    synchronized @Nullable Place placeOrQueue(Runnable queue, Context here) {
        if (!isAwaited() && areFew()) return take(1);
        queue.run();
        if (!watched) watch(VertxContext.getRootContext(here));
        watched = true;
        return null;
    }

    private boolean areFew() {
        return taken.stream().mapToInt(place -> place.questions).sum() < few;
    }

    private Place take(int questions) {
        var place = new Place(questions);
        taken.add(place);
        return place;
    }

    /** A statement has ended: the next begins, unless one has begun beside it before. */
    void end(Place place) {
        boolean hadPlace;
        synchronized (this) {
            heldUp.remove(place);
            hadPlace = taken.remove(place);
        }
        if (hadPlace) beginNext();
        else beginBeside();
    }

    /**
     * Begins a statement without a place, for one who has waited for a turn already and was left out; at once, so long as few are.
     *
     * @param statement runs what it is given when it has ended
     */
    void beside(Consumer<Runnable> statement) {
        synchronized (this) {
            leftOut.add(statement);
        }
        beginBeside();
    }

    private void beginBeside() {
        for (Consumer<Runnable> next = nextBeside(); next != null; next = nextBeside()) next.accept(this::endBeside);
    }

    private synchronized @Nullable Consumer<Runnable> nextBeside() {
        if (leftOut.isEmpty() || isFullBeside()) return null;
        besides++;
        return leftOut.remove();
    }

    private boolean isFullBeside() {
        return besides + heldUp.size() >= MOST_BESIDE;
    }

    private void endBeside() {
        synchronized (this) {
            besides--;
        }
        beginBeside();
    }

    /** Begins what may begin. */
    void beginNext() {
        for (Runnable next = next(); next != null; next = next()) next.run();
    }

    private synchronized @Nullable Runnable next() {
        Batched<?> kind = nextKind();
        if (kind == null) return null;
        Batched<?>.Batch next = kind.next();
        Place place = take(next.size());
        // not in the context of one request, which may be over before the others are answered
        return () -> VertxContext.getRootContext(next.context()).runOnContext(nothing -> next.begin(place));
    }

    /** While few are under way any; beside more than few only one that is full, since one statement at a time does not keep up then, or is long awaited. */
    private @Nullable Batched<?> nextKind() {
        if (areFew()) return mostAwaited(1);
        return taken.size() < few ? mostAwaited(Integer.MAX_VALUE) : null;
    }

    /**
     * Where most has been waited, by all together; but whoever has waited long goes before.
     *
     * @param least who wait for it, or its most, if that is less
     */
    private @Nullable Batched<?> mostAwaited(int least) {
        long now = System.nanoTime();
        return kinds.stream()
                .filter(kind -> kind.waiting() >= Math.min(least, kind.most()) || isLong(kind.longestWaited(now)))
                .max(Comparator.comparing((Batched<?> kind) -> ifLong(kind.longestWaited(now)))
                        .thenComparing(kind -> kind.allWaited(now)))
                .orElse(null);
    }

    private Duration ifLong(Duration time) {
        return isLong(time) ? time : Duration.ZERO;
    }

    /** While somebody waits, looks whether statements are held up, and who has waited too long. */
    private void watch(Context root) {
        long soon = Math.max(1, usual.toMillis() / 2);
        root.runOnContext(nothing -> root.owner().setTimer(soon, timer -> {
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
        if (!isAwaited()) return;
        long now = System.nanoTime();
        for (var places = taken.iterator(); places.hasNext() && !isFullBeside(); ) {
            Place place = places.next();
            if (!isLong(Duration.ofNanos(now - place.since))) continue;
            places.remove();
            heldUp.add(place);
        }
    }
}
