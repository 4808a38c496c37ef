package org.townsquare.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;

@QuarkusTest
@QuarkusTestResource(Database.class)
class DueRowsTest {
    /** So many rows, three of them always with the same time. */
    private static final String ROWS =
            "select * from (select to_timestamp(g / 3) as closes_at, lpad(g::varchar, 32, '0')::uuid as id from generate_series(1, %d) g) x "
                    + "where (closes_at, id) > ($1::timestamptz, $2::uuid) order by closes_at, id limit $3::int";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    private final Map<Integer, Throwable> failures = new ConcurrentHashMap<>();

    @Test
    void each_row_comes_once_and_in_order() {
        for (int rows : new int[] {0, 1, 99, 100, 101, 250}) assertEquals(numbers(rows), attempted(rows));
        assertEquals(Map.of(), failures);
    }

    @Test
    void thousands_of_pages_need_no_deeper_stack_than_one() {
        var pages = new AtomicInteger();
        String many = "select $1::timestamptz + interval '1 second' as closes_at, $2::uuid as id, g "
                + "from generate_series(1, $3::int) g where $1::timestamptz < to_timestamp(20000)";
        new DueRows(many)
                .each(
                        pool,
                        row -> {
                            if (row.getInteger("g") == 1) pages.incrementAndGet();
                            return Uni.createFrom().voidItem();
                        },
                        (row, e) -> failures.put(row.getInteger("g"), e))
                .await()
                .atMost(PATIENCE);
        assertEquals(20_000, pages.get());
        assertEquals(Map.of(), failures);
    }

    @Test
    void what_fails_stands_in_nobodys_way() {
        Function<Integer, Uni<Void>> attempt = number -> switch (number % 3) {
            case 0 -> Uni.createFrom().failure(new IllegalStateException("fails"));
            case 1 -> throw new IllegalStateException("throws");
            default -> Uni.createFrom().voidItem();
        };
        run(new DueRows(ROWS.formatted(250)), attempt);
        assertEquals(
                numbers(250).stream().filter(it -> it % 3 != 2).toList(),
                failures.keySet().stream().sorted().toList());
    }

    @Test
    void what_never_answers_is_given_up_and_the_next_one_finds_its_context() {
        var rows = new DueRows(new Statement(ROWS.formatted(3)), Duration.ofMillis(200));
        var context = VertxContext.getOrCreateDuplicatedContext(vertx);
        var contexts = new ConcurrentHashMap<Integer, Context>();
        Uni.createFrom()
                .deferred(() -> rows.each(
                        pool,
                        row -> {
                            if (Context.isOnEventLoopThread()) contexts.put(number(row), Vertx.currentContext());
                            return number(row) == 2
                                    ? Uni.createFrom().nothing()
                                    : Uni.createFrom().voidItem();
                        },
                        (row, e) -> failures.put(number(row), e)))
                .runSubscriptionOn(task -> context.runOnContext(nothing -> task.run()))
                .await()
                .atMost(PATIENCE);
        assertEquals(List.of(2), List.copyOf(failures.keySet()));
        assertInstanceOf(TimeoutException.class, failures.get(2));
        assertEquals(Map.of(1, context, 2, context, 3, context), contexts);
    }

    private List<Integer> attempted(int rows) {
        var attempted = new ArrayList<Integer>();
        run(new DueRows(ROWS.formatted(rows)), number -> {
            attempted.add(number);
            return Uni.createFrom().voidItem();
        });
        return attempted;
    }

    private void run(DueRows rows, Function<Integer, Uni<Void>> attempt) {
        rows.each(pool, row -> attempt.apply(number(row)), (row, e) -> failures.put(number(row), e))
                .await()
                .atMost(PATIENCE);
    }

    private static List<Integer> numbers(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    private static int number(Row row) {
        UUID id = row.getUUID("id");
        return Integer.parseInt(id.toString().replace("-", ""));
    }
}
