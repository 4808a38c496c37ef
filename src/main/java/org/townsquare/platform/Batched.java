package org.townsquare.platform;

import static java.util.Objects.requireNonNull;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What many ask of the database at the same moment, in one statement. So long as few are under way in its {@link Lane}, each is sent for itself and at once;
 * what comes while they all work goes together in the next that may begin. Nobody waits for company, and nobody behind more than the statement that ends
 * first; in a rush the costs of a statement (its way there and back, the beginning of its plan, its commit) are shared by all who are in it.
 *
 * <p>The statement for many ends in rows for each that it has settled, with its number in {@code n} and whether it has a result in {@code done}. Whatever
 * it leaves out, because somebody else holds what it needs, is asked for alone; so are all, where one of them makes it fail. So the statement for one
 * knows every case, and the one for many the usual ones.
 *
 * @param <T> what the rows mean. Several who ask the same share one, so it does not change
 */
public final class Batched<T> {
    private final Lane lane;
    private final Pool pool;
    private final Question<T> question;

    /** In the order of the first; each with those who ask the same. */
    private final Map<Object, List<Asked>> waiting = new LinkedHashMap<>();

    Batched(Lane lane, Pool pool, Question<T> question) {
        this.lane = lane;
        this.pool = pool;
        this.question = question;
        lane.add(this);
    }

    /**
     * What is asked.
     *
     * @param one the statement for one
     * @param many the one for many
     * @param most how many it is for at most: so many share its costs that more would only make each wait longer
     * @param reads whether it changes nothing, so that the same is asked once
     * @param apart positions of parameters, from 0 on: who has all of them in common does not go together
     * @param meaning of the rows that one has
     */
    record Question<T>(
            Statement one,
            ForMany many,
            int most,
            boolean reads,
            List<Integer> apart,
            Function<List<Row>, T> meaning) {}

    /** How many wait for the next statement; of those who ask the same one. */
    int waiting() {
        synchronized (lane) {
            return waiting.size();
        }
    }

    /** How many go together at most. */
    int most() {
        return question.most();
    }

    /** How long the first of them has waited. */
    Duration longestWaited(long now) {
        synchronized (lane) {
            return waiting.isEmpty()
                    ? Duration.ZERO
                    : waiting.values().iterator().next().get(0).waited(now);
        }
    }

    /** How long all of them have, together. */
    Duration allWaited(long now) {
        synchronized (lane) {
            return waiting.values().stream()
                    .flatMap(List::stream)
                    .map(asked -> asked.waited(now))
                    .reduce(Duration.ZERO, Duration::plus);
        }
    }

    /** Whether somebody waits for longer than it usually takes. */
    boolean isHeldUp() {
        return lane.isLong(longestWaited(System.nanoTime()));
    }

    /** What the rows mean that the statement for one gives. Problems: {@code busy}. */
    public Uni<T> ask(@Nullable Object... parameters) {
        return Uni.createFrom().emitter(answer -> {
            Context here = requireNonNull(Vertx.currentContext());
            @SuppressWarnings("unchecked")
            var asked = new Asked(parameters, (UniEmitter<T>) answer, here);
            Lane.Place place = lane.placeOrQueue(() -> queue(asked), here);
            if (place == null) lane.beginNext();
            else new Batch(List.of(List.of(asked))).begin(place);
        });
    }

    /** What several ask at the same moment, such as who one key is, is read once for all of them. */
    private void queue(Asked asked) {
        Object key = question.reads() ? comparable(asked.parameters) : asked;
        waiting.computeIfAbsent(key, same -> new ArrayList<>()).add(asked);
    }

    private static List<@Nullable Object> comparable(@Nullable Object[] parameters) {
        List<@Nullable Object> comparable = new ArrayList<>();
        for (Object parameter : parameters)
            comparable.add(parameter instanceof Object[] array ? Arrays.asList(array) : parameter);
        return comparable;
    }

    /** One who asks, and waits on this context for the answer. */
    final class Asked {
        private final @Nullable Object[] parameters;
        private final UniEmitter<T> answer;
        private final Context here;
        private final long since = System.nanoTime();

        private Asked(@Nullable Object[] parameters, UniEmitter<T> answer, Context here) {
            this.parameters = parameters;
            this.answer = answer;
            this.here = here;
        }

        private void answer(T meant) {
            here.runOnContext(nothing -> answer.complete(meant));
        }

        void fail(Throwable e) {
            here.runOnContext(nothing -> answer.fail(e));
        }

        private Duration waited(long now) {
            return Duration.ofNanos(now - since);
        }

        /** Who has the same does not go with this one. */
        private List<@Nullable Object> apart() {
            List<@Nullable Object> key = new ArrayList<>();
            for (int i : question.apart()) key.add(parameters[i]);
            return key;
        }
    }

    /** Who has waited too long, and waits no more. */
    List<Asked> late(Duration longestWait, long now) {
        var late = new ArrayList<Asked>();
        synchronized (lane) {
            waiting.values().removeIf(same -> {
                same.removeIf(asked -> asked.waited(now).compareTo(longestWait) >= 0 && late.add(asked));
                return same.isEmpty();
            });
        }
        return late;
    }

    /** Those who have waited longest; of those who may not go together the first. */
    Batch next() {
        synchronized (lane) {
            var next = new ArrayList<List<Asked>>(Math.min(question.most(), waiting.size()));
            Set<Object> taken = new HashSet<>();
            for (var all = waiting.values().iterator(); all.hasNext() && next.size() < question.most(); ) {
                List<Asked> same = all.next();
                if (!question.apart().isEmpty() && !taken.add(same.get(0).apart())) continue;
                next.add(same);
                all.remove();
            }
            return new Batch(next);
        }
    }

    /** Those who go together, and for each who asks the same. */
    final class Batch {
        private final List<List<Asked>> all;

        private Batch(List<List<Asked>> all) {
            this.all = all;
        }

        int size() {
            return all.size();
        }

        Context context() {
            return all.get(0).get(0).here;
        }

        void begin(Lane.Place place) {
            Runnable end = () -> lane.end(place);
            if (all.size() == 1 && !lane.isAlwaysTogether()) sendOne(all.get(0), end);
            else sendMany(end);
        }

        private void sendMany(Runnable end) {
            var unused = Uni.createFrom()
                    .deferred(() -> question.many()
                            .run(
                                    pool,
                                    all.stream()
                                            .map(same -> same.get(0).parameters)
                                            .toList()))
                    .map(Batched.this::byNumber)
                    .onTermination()
                    .invoke(end)
                    .subscribe()
                    .with(this::answer, this::fail);
        }

        private void answer(Map<Integer, List<Row>> settled) {
            for (int i = 0; i < all.size(); i++) {
                List<Row> rows = settled.get(i + 1);
                if (rows == null) sendBeside(all.get(i));
                else answerAll(all.get(i), rows);
            }
        }

        private void fail(Throwable e) {
            boolean refused = wasRefused(e);
            for (List<Asked> same : all)
                if (refused) sendBeside(same);
                else same.forEach(asked -> asked.fail(e));
        }
    }

    private void sendOne(List<Asked> same, Runnable end) {
        var unused = Uni.createFrom()
                .deferred(() -> question.one().run(pool, same.get(0).parameters))
                .map(rows -> rows.stream().toList())
                .onTermination()
                .invoke(end)
                .subscribe()
                .with(rows -> answerAll(same, rows), e -> same.forEach(asked -> asked.fail(e)));
    }

    /** Beside those under way, and no further turn: they have waited. */
    private void sendBeside(List<Asked> same) {
        lane.beside(end -> sendOne(same, end));
    }

    private void answerAll(List<Asked> same, List<Row> rows) {
        T meant;
        try {
            meant = question.meaning().apply(rows);
        } catch (RuntimeException e) {
            same.forEach(asked -> asked.fail(e));
            return;
        }
        for (Asked asked : same) asked.answer(meant);
    }

    private Map<Integer, List<Row>> byNumber(RowSet<Row> rows) {
        var each = new HashMap<Integer, List<Row>>();
        for (Row row : rows) {
            List<Row> of = each.computeIfAbsent(row.getInteger("n"), n -> new ArrayList<>());
            if (row.getBoolean("done")) of.add(row);
        }
        if (question.reads()) each.values().forEach(of -> of.sort(Comparator.comparing(row -> row.getLong("rank"))));
        return each;
    }

    /** For what one of them asks, or for a lock that one of them did not get: nothing of it was done. Not for an outage, after which nobody knows. */
    private static boolean wasRefused(Throwable e) {
        if (!(e instanceof PgException refused)) return false;
        String state = String.valueOf(refused.getSqlState());
        return state.startsWith("22") || state.startsWith("23") || state.equals("55P03") || Outage.isOfTheRace(e);
    }
}
