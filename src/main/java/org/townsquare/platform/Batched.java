package org.townsquare.platform;

import static java.util.Objects.requireNonNull;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What many ask of the database at the same moment, in one statement. So long as few are under way, each is sent for itself and at once; what comes
 * while they all work goes together in the next that may begin. Nobody waits for company, and nobody behind more than the statement that ends first; in
 * a rush the costs of a statement (its way there and back, the beginning of its plan, its commit) are shared by all who are in it.
 *
 * <p>The statement for many ends in a row for each that it has settled, with its number in {@code n} and whether it has a result in {@code done}. Whatever
 * it leaves out, because somebody else holds what it needs, is asked for alone; so are all, where one of them makes it fail. So the statement for one
 * knows every case, and the one for many the usual ones.
 */
public final class Batched {
    /** In one statement: so many share its costs that more would only make each wait longer. */
    private static final int MOST = 32;

    /** A statement that is under way for longer waits for somebody, and those behind it are not to wait with it: the next begins beside it. */
    private static final Duration USUAL = Duration.ofMillis(50);

    private final Pool pool;
    private final int atOnce;
    private final Duration longestWait;
    private final boolean reads;
    private final Statement one;
    private final Statement many;
    private final int[] apart;
    private final Class<?>[] types;
    private final Deque<Asked> waiting = new ArrayDeque<>();

    /** Statements under way that have their place yet. */
    private final Set<Place> taken = new HashSet<>();

    /** Whether a timer runs for those who wait: one for all. */
    private boolean watched;

    /**
     * @param atOnce statements under way, each on a connection of its own; 0 for one at a time, and none but that for many
     * @param reads whether it changes nothing, so that the same question is asked once
     */
    Batched(
            Pool pool,
            int atOnce,
            Duration longestWait,
            boolean reads,
            Statement one,
            Statement many,
            int[] apart,
            Class<?>... types) {
        this.pool = pool;
        this.atOnce = atOnce;
        this.longestWait = longestWait;
        this.reads = reads;
        this.one = one;
        this.many = many;
        this.apart = apart.clone();
        this.types = types.clone();
    }

    /** How many wait for the next statement. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** Whether somebody waits for longer than it usually takes. */
    synchronized boolean isHeldUp() {
        Asked oldest = waiting.peek();
        return oldest != null && oldest.hasWaited(USUAL, System.nanoTime());
    }

    /** The row that the statement for one gives, if any. Problems: {@code busy}. */
    public Uni<Optional<Row>> ask(@Nullable Object... parameters) {
        return Uni.createFrom().emitter(answer -> {
            Context here = requireNonNull(Vertx.currentContext());
            @SuppressWarnings("unchecked")
            var asked = new Asked(parameters, (UniEmitter<Optional<Row>>) answer, here);
            Place place = placeOrQueue(asked);
            if (place != null) begin(List.of(asked), place);
        });
    }

    /** One who asks, and waits on this context for the answer. */
    private static final class Asked {
        private final @Nullable Object[] parameters;
        private final UniEmitter<Optional<Row>> answer;
        private final Context here;
        private final long since = System.nanoTime();

        Asked(@Nullable Object[] parameters, UniEmitter<Optional<Row>> answer, Context here) {
            this.parameters = parameters;
            this.answer = answer;
            this.here = here;
        }

        void answer(Optional<Row> row) {
            here.runOnContext(nothing -> answer.complete(row));
        }

        void fail(Throwable e) {
            here.runOnContext(nothing -> answer.fail(e));
        }

        boolean hasWaited(Duration time, long now) {
            return now - since >= time.toNanos();
        }
    }

    /** Of a statement under way. */
    private static final class Place {
        private final long since = System.nanoTime();

        boolean isHeldUp(long now) {
            return now - since >= USUAL.toNanos();
        }
    }

    private synchronized @Nullable Place placeOrQueue(Asked asked) {
        if (taken.size() < Math.max(1, atOnce)) return take();
        waiting.add(asked);
        if (!watched) watch(asked.here);
        watched = true;
        return null;
    }

    private Place take() {
        var place = new Place();
        taken.add(place);
        return place;
    }

    /** A statement has ended: the next begins, unless one has begun beside it before. */
    private void end(Place place) {
        synchronized (this) {
            if (!taken.remove(place)) return;
        }
        beginNext();
    }

    private void beginNext() {
        List<Asked> next;
        Place place;
        synchronized (this) {
            if (waiting.isEmpty() || taken.size() >= Math.max(1, atOnce)) return;
            next = next();
            place = take();
        }
        // not in the context of one request, which may be over before the others are answered
        VertxContext.getRootContext(next.get(0).here).runOnContext(nothing -> begin(next, place));
    }

    private void begin(List<Asked> asked, Place place) {
        if (asked.size() == 1 && atOnce > 0) send(asked.get(0), () -> end(place));
        else send(asked, () -> end(place));
    }

    /** Those who have waited longest; of those who may not go together the first. */
    private List<Asked> next() {
        var next = new ArrayList<Asked>(Math.min(MOST, waiting.size()));
        Set<Object> keys = new HashSet<>();
        for (var all = waiting.iterator(); all.hasNext() && next.size() < MOST; ) {
            Asked asked = all.next();
            if (apart.length > 0 && !keys.add(key(asked))) continue;
            next.add(asked);
            all.remove();
        }
        return next;
    }

    private Object key(Asked asked) {
        return Arrays.stream(apart).mapToObj(i -> asked.parameters[i]).toList();
    }

    private void send(Asked asked, Runnable end) {
        var unused = Uni.createFrom()
                .deferred(() -> one.run(pool, asked.parameters))
                .map(rows -> rows.stream().findFirst())
                .onTermination()
                .invoke(end)
                .subscribe()
                .with(asked::answer, asked::fail);
    }

    private void send(List<Asked> all, Runnable end) {
        List<List<Asked>> each =
                reads ? ofTheSame(all) : all.stream().map(List::of).toList();
        var unused = Uni.createFrom()
                .deferred(() -> many.runForAll(
                        pool,
                        each.stream().map(asked -> asked.get(0).parameters).toList(),
                        types))
                .map(Batched::byNumber)
                .onTermination()
                .invoke(end)
                .subscribe()
                .with(settled -> answer(each, settled), e -> fail(all, e));
    }

    /** What several ask at the same moment, such as who one key is, is read once for all of them. */
    private static List<List<Asked>> ofTheSame(List<Asked> all) {
        var each = new LinkedHashMap<List<@Nullable Object>, List<Asked>>();
        for (Asked asked : all)
            each.computeIfAbsent(Arrays.asList(asked.parameters), parameters -> new ArrayList<>())
                    .add(asked);
        return List.copyOf(each.values());
    }

    private static Map<Integer, Optional<Row>> byNumber(RowSet<Row> rows) {
        return rows.stream()
                .collect(Collectors.toMap(
                        row -> row.getInteger("n"),
                        row -> row.getBoolean("done") ? Optional.of(row) : Optional.empty()));
    }

    private void answer(List<List<Asked>> each, Map<Integer, Optional<Row>> settled) {
        for (int i = 0; i < each.size(); i++) {
            Optional<Row> row = settled.get(i + 1);
            for (Asked asked : each.get(i))
                if (row == null) sendBeside(asked);
                else asked.answer(row);
        }
    }

    private void fail(List<Asked> all, Throwable e) {
        boolean refused = wasRefused(e);
        for (Asked asked : all)
            if (refused) sendBeside(asked);
            else asked.fail(e);
    }

    /** Beside those under way: few do, and they have waited. */
    private void sendBeside(Asked asked) {
        send(asked, () -> {});
    }

    /** For what one of them asks, or for a lock that one of them did not get: nothing of it was done. Not for an outage, after which nobody knows. */
    private static boolean wasRefused(Throwable e) {
        if (!(e instanceof PgException refused)) return false;
        String state = String.valueOf(refused.getSqlState());
        return state.startsWith("22") || state.startsWith("23") || state.equals("55P03") || Outage.isOfTheRace(e);
    }

    /** While somebody waits, looks whether statements are held up, and who has waited too long. */
    private void watch(Context here) {
        Context root = VertxContext.getRootContext(here);
        root.runOnContext(nothing -> root.owner().setTimer(USUAL.toMillis(), timer -> {
            for (Asked asked : late(root)) asked.fail(new Problem.Busy());
            for (int freed = handOn(); freed > 0; freed--) beginNext();
        }));
    }

    private synchronized List<Asked> late(Context root) {
        long now = System.nanoTime();
        var late = new ArrayList<Asked>();
        waiting.removeIf(asked -> asked.hasWaited(longestWait, now) && late.add(asked));
        watched = !waiting.isEmpty();
        if (watched) watch(root);
        return late;
    }

    /** How many places were free again. */
    private synchronized int handOn() {
        if (waiting.isEmpty()) return 0;
        long now = System.nanoTime();
        int before = taken.size();
        taken.removeIf(place -> place.isHeldUp(now));
        return before - taken.size();
    }
}
