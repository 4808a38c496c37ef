package org.townsquare.platform;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The rows whose time has come, in the order of that time, each attempted once: one that fails does not stand in the way of the others. A query or
 * an attempt that does not end in time counts as failed, since a job that waits for ever never comes again.
 *
 * @param page the statement that finds them: after the time $1 (timestamptz) and the id $2 (uuid), at most $3 (int) rows with {@code closes_at} and
 *     {@code id}, in the order of both
 * @param limit how long one query or attempt may take
 */
public record DueRows(Statement page, Duration limit) {
    private static final int ROWS = 100;

    public DueRows(String page) {
        this(new Statement(page), Duration.ofSeconds(30));
    }

    /** Fails only where a page cannot be read. */
    public Uni<Void> each(Pool pool, Function<Row, Uni<Void>> attempt, BiConsumer<Row, Throwable> failed) {
        Executor here = here();
        return Multi.createBy()
                .repeating()
                .uni(Place::new, place -> after(place, pool))
                .whilst(rows -> rows.size() == ROWS)
                .onItem()
                .<Row>disjoint()
                .onItem()
                .transformToUniAndConcatenate(row -> Uni.createFrom()
                        .deferred(() -> attempt.apply(row))
                        .ifNoItem()
                        .after(limit)
                        .fail()
                        .onFailure()
                        .invoke(e -> failed.accept(row, e))
                        .onFailure()
                        .recoverWithNull()
                        .emitOn(here))
                .onItem()
                .ignoreAsUni();
    }

    /** The caller's context, where the next attempt finds its session: a time limit ends on another thread. */
    private static Executor here() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(nothing -> task.run());
    }

    private Uni<List<Row>> after(Place place, Pool pool) {
        return page.run(pool, place.time, place.id, ROWS)
                .ifNoItem()
                .after(limit)
                .fail()
                .map(found -> {
                    var rows = new ArrayList<Row>();
                    found.forEach(rows::add);
                    if (!rows.isEmpty()) place.moveTo(rows.get(rows.size() - 1));
                    return rows;
                });
    }

    /** Where the last page ended. */
    private static final class Place {
        private OffsetDateTime time = OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        private UUID id = new UUID(0, 0);

        private void moveTo(Row last) {
            time = last.getOffsetDateTime("closes_at");
            id = last.getUUID("id");
        }
    }
}
