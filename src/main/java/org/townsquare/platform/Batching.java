package org.townsquare.platform;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Makes statements {@link Batched}. What reads does not wait for what writes, which waits for the disk; and who somebody is, which every request asks, for
 * neither.
 */
@Singleton
public class Batching {
    /** In one statement: so many share its costs that more would only make each wait longer. */
    private static final int MOST = 32;

    /** What is under way for longer waits for somebody. */
    private static final Duration USUAL = Duration.ofMillis(50);

    private final Pool pool;
    private final MeterRegistry metrics;
    private final Lane credentials;
    private final Lane reads;
    private final Lane writes;
    private final List<Batched<?>> all = new CopyOnWriteArrayList<>();

    Batching(Pool pool, DatabaseConfig config, MeterRegistry metrics) {
        this.pool = pool;
        this.metrics = metrics;
        credentials = lane(config);
        reads = lane(config);
        writes = lane(config);
    }

    private static Lane lane(DatabaseConfig config) {
        return new Lane(config.batchesAtOnce(), USUAL, config.pool().acquire());
    }

    /**
     * One that writes, and answers with a row where it did.
     *
     * @param name as metrics have it
     * @param one the statement for one
     * @param many the one for many, see {@link Batched}. Its parameters are arrays of those; one that is an array itself is a text there, such as {@code {a,b}}
     * @param apart positions of parameters, from 0 on: who has all of them in common does not go together
     * @param types of the parameters
     */
    public Batched<Optional<Row>> writing(
            String name, Statement one, Statement many, List<Integer> apart, Class<?>... types) {
        return made(
                name,
                writes,
                new Batched.Question<>(
                        one,
                        ForMany.written(many, List.of(types)),
                        MOST,
                        false,
                        apart,
                        rows -> rows.stream().findFirst()));
    }

    /**
     * One that reads a single row: the one for many is made of it.
     *
     * @param meaning of the row
     */
    public <T> Batched<Optional<T>> reading(String name, Statement one, Function<Row, T> meaning, Class<?>... types) {
        return read(name, reads, one, first(meaning), types);
    }

    /** The same of who somebody is, by the credential that a request carries. */
    public <T> Batched<Optional<T>> readingCredentials(
            String name, Statement one, Function<Row, T> meaning, Class<?>... types) {
        return read(name, credentials, one, first(meaning), types);
    }

    /**
     * One that reads a page: the one for many is made of it.
     *
     * @param meaning of a row
     */
    public <T> Batched<List<T>> readingPages(String name, Statement one, Function<Row, T> meaning, Class<?>... types) {
        return read(name, reads, one, rows -> rows.stream().map(meaning).toList(), types);
    }

    private static <T> Function<List<Row>, Optional<T>> first(Function<Row, T> meaning) {
        return rows -> rows.stream().findFirst().map(meaning);
    }

    private <T> Batched<T> read(
            String name, Lane lane, Statement one, Function<List<Row>, T> meaning, Class<?>... types) {
        return made(
                name,
                lane,
                new Batched.Question<>(one, ForMany.of(one, List.of(types)), MOST, true, List.of(), meaning));
    }

    private <T> Batched<T> made(String name, Lane lane, Batched.Question<T> question) {
        var batched = new Batched<>(lane, pool, question);
        all.add(batched);
        Gauge.builder("townsquare.batch.waiting", batched, Batched::waiting)
                .description("Who waits for the next statement")
                .tag("statement", name)
                .register(metrics);
        return batched;
    }

    /** Whether in one of them somebody waits for longer than it usually takes. */
    boolean isHeldUp() {
        return all.stream().anyMatch(Batched::isHeldUp);
    }
}
