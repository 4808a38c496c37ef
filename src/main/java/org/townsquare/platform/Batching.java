package org.townsquare.platform;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes statements {@link Batched}. */
@Singleton
public class Batching {
    private final Pool pool;
    private final DatabaseConfig config;
    private final MeterRegistry metrics;
    private final List<Batched> all = new CopyOnWriteArrayList<>();

    Batching(Pool pool, DatabaseConfig config, MeterRegistry metrics) {
        this.pool = pool;
        this.config = config;
        this.metrics = metrics;
    }

    /**
     * One that writes.
     *
     * @param name as metrics have it
     * @param one the statement for one
     * @param many the one for many, see {@link Batched}. Its parameters are arrays of those; one that is an array itself is a text there, such as {@code {a,b}}
     * @param apart positions of parameters, from 0 on: who has all of them in common does not go together
     * @param types of the parameters
     */
    public Batched writing(String name, Statement one, Statement many, int[] apart, Class<?>... types) {
        return made(
                name,
                new Batched(pool, config.batchesAtOnce(), config.pool().acquire(), false, one, many, apart, types));
    }

    /** One that reads a single row: the one for many is made of it. */
    public Batched reading(String name, Statement one, Class<?>... types) {
        return made(
                name,
                new Batched(
                        pool,
                        config.batchesAtOnce(),
                        config.pool().acquire(),
                        true,
                        one,
                        one.forMany(types),
                        new int[0],
                        types));
    }

    private Batched made(String name, Batched batched) {
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
