package org.townsquare.platform;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;

/** By statements that say how many were in them, and that wait for a lock of this test where they are asked to. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class BatchedTest {
    private static final int FREE = 7_001;
    private static final int HELD = 7_002;
    private static final int HELD_LATER = 7_003;

    private static final Duration USUAL = Duration.ofMillis(50);

    /** Nothing is looked after for so long: what begins has been begun by what has ended. */
    private static final Duration NEVER = Duration.ofSeconds(60);

    private static final Statement ONE = new Statement(
            "with held as materialized (select pg_advisory_xact_lock_shared($1::int)) select 100 / $2::int as x, 1 as together from held where $2::int >= 0");

    private static final List<Class<?>> TYPES = List.of(Integer.class, Integer.class);

    private static final String ALL = """
            with asked as materialized (
                select * from unnest($1::int[], $2::int[]) with ordinality as a (lock, y, n)
            ), held as materialized (
                select pg_advisory_xact_lock_shared(lock) from asked
            )
            select n, y >= 0 as done, 100 / y as x, (select count(*) from held)::int as together from asked where y <> 13""";

    /** Leaves 13 out. */
    private static final ForMany MANY = ForMany.written(new Statement(ALL), TYPES);

    private static final ForMany MANY_READ =
            ForMany.written(new Statement(ALL.replace("select n, ", "select n, 1::bigint as rank, ")), TYPES);

    @Inject
    Vertx vertx;

    private final List<Pool> pools = new ArrayList<>();
    private Pool pool;
    private SqlConnection holder;

    @BeforeEach
    void hold() {
        pool = connections(10);
        holder = pool.getConnection().await().atMost(Duration.ofSeconds(30));
        holder("select pg_advisory_lock(" + HELD + ")");
    }

    private Pool connections(int most) {
        // without the limits of the service's own connections
        Config config = ConfigProvider.getConfig();
        var database = PgConnectOptions.fromUri(config.getValue("quarkus.datasource.reactive.url", String.class))
                .setUser(config.getValue("quarkus.datasource.username", String.class))
                .setPassword(config.getValue("quarkus.datasource.password", String.class));
        Pool opened = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(most))
                .connectingTo(database)
                .using(io.vertx.mutiny.core.Vertx.newInstance(vertx))
                .build();
        pools.add(opened);
        return opened;
    }

    @AfterEach
    void end() {
        holder("select pg_advisory_unlock_all()");
        for (Pool opened : pools) {
            var unused = opened.close().await().atMost(Duration.ofSeconds(30));
        }
    }

    private void holder(String sql) {
        var unused = holder.query(sql).execute().await().atMost(Duration.ofSeconds(30));
    }

    private Batched<Optional<Row>> batched(Duration longestWait, Integer... apart) {
        return batched(new Lane(4, NEVER, longestWait), false, apart);
    }

    private Batched<Optional<Row>> batched(Lane lane, boolean reads, Integer... apart) {
        return batched(lane, reads ? MANY_READ : MANY, reads, apart);
    }

    private Batched<Optional<Row>> batched(Lane lane, ForMany many, boolean reads, Integer... apart) {
        return batched(lane, ONE, many, reads, rows -> rows.stream().findFirst(), apart);
    }

    private <T> Batched<T> batched(
            Lane lane, Statement one, ForMany many, boolean reads, Function<List<Row>, T> meaning, Integer... apart) {
        return batched(pool, lane, one, many, reads, meaning, apart);
    }

    private static <T> Batched<T> batched(
            Pool by,
            Lane lane,
            Statement one,
            ForMany many,
            boolean reads,
            Function<List<Row>, T> meaning,
            Integer... apart) {
        return new Batched<>(lane, by, new Batched.Question<>(one, many, 32, reads, List.of(apart), meaning));
    }

    /** All at the same moment, from one context, in their order. */
    private <T> List<CompletableFuture<T>> ask(Batched<T> batched, int lock, int... numbers) throws Exception {
        return ask(IntStream.of(numbers)
                .mapToObj(number -> batched.ask(lock, number))
                .toList());
    }

    private <T> List<CompletableFuture<T>> ask(List<Uni<T>> all) throws Exception {
        var answers = new CompletableFuture<List<CompletableFuture<T>>>();
        VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext())
                .runOnContext(nothing -> answers.complete(
                        all.stream().map(Uni::subscribeAsCompletionStage).toList()));
        return answers.get(20, TimeUnit.SECONDS);
    }

    private static Row row(CompletableFuture<Optional<Row>> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS).orElseThrow();
    }

    private static int together(CompletableFuture<Optional<Row>> answer) throws Exception {
        return row(answer).getInteger("together");
    }

    private static Throwable failure(CompletableFuture<?> answer) {
        return requireNonNull(assertThrows(ExecutionException.class, () -> answer.get(20, TimeUnit.SECONDS))
                .getCause());
    }

    @Test
    void nobody_waits_for_company() throws Exception {
        Batched<Optional<Row>> batched = batched(Duration.ofSeconds(30));
        for (var answer : ask(batched, FREE, 1, 2, 4, 5)) assertEquals(1, together(answer));
        assertEquals(0, batched.waiting());
    }

    @Test
    void where_it_is_said_so_one_alone_goes_as_many_do() throws Exception {
        Batched<Optional<Row>> batched = batched(new Lane(0, USUAL, Duration.ofSeconds(30)), false);
        // the one for one would have answered
        var answers = ask(batched, FREE, 5, -1);
        assertEquals(20, row(answers.get(0)).getInteger("x"));
        assertEquals("done", row(answers.get(0)).getColumnName(1));
        assertTrue(answers.get(1).get(20, TimeUnit.SECONDS).isEmpty());
    }

    @Test
    void those_who_come_while_four_are_under_way_go_together_and_each_gets_its_own() throws Exception {
        Batched<Optional<Row>> batched = batched(Duration.ofSeconds(30));
        var before = ask(batched, HELD, 1, 2, 4, 5);
        int[] numbers = IntStream.rangeClosed(1, 10).toArray();
        var answers = ask(batched, FREE, numbers);
        assertEquals(10, batched.waiting());
        holder("select pg_advisory_unlock_all()");
        for (var answer : before) assertEquals(1, together(answer));
        for (int i = 0; i < numbers.length; i++) {
            assertEquals(100 / numbers[i], row(answers.get(i)).getInteger("x"));
            assertEquals(10, together(answers.get(i)));
        }
    }

    @Test
    void no_more_than_thirty_two_go_together_and_what_is_left_follows() throws Exception {
        Batched<Optional<Row>> batched = batched(Duration.ofSeconds(30));
        var unused = ask(batched, HELD, 1, 2, 4, 5);
        var answers = ask(batched, FREE, IntStream.rangeClosed(20, 20 + 39).toArray());
        holder("select pg_advisory_unlock_all()");
        var sizes = new ArrayList<Integer>();
        for (var answer : answers) sizes.add(together(answer));
        assertEquals(32, sizes.stream().filter(size -> size == 32).count());
        assertEquals(8, sizes.stream().filter(size -> size == 8).count());
    }

    @Test
    void who_is_left_out_is_asked_for_alone() throws Exception {
        Batched<Optional<Row>> batched = batched(Duration.ofSeconds(30));
        var unused = ask(batched, HELD, 1, 2, 4, 5);
        var answers = ask(batched, FREE, 1, 13, 2);
        holder("select pg_advisory_unlock_all()");
        assertEquals(3, together(answers.get(0)));
        assertEquals(1, together(answers.get(1)));
        assertEquals(3, together(answers.get(2)));
    }

    @Test
    void who_has_no_result_gets_none() throws Exception {
        Batched<Optional<Row>> batched = batched(Duration.ofSeconds(30));
        var unused = ask(batched, HELD, 1, 2, 4, 5);
        var answers = ask(batched, FREE, 1, -1);
        holder("select pg_advisory_unlock_all()");
        assertEquals(2, together(answers.get(0)));
        assertTrue(answers.get(1).get(20, TimeUnit.SECONDS).isEmpty());
    }

    @Test
    void one_that_cannot_be_fails_no_other() throws Exception {
        Batched<Optional<Row>> batched = batched(Duration.ofSeconds(30));
        var unused = ask(batched, HELD, 1, 2, 4, 5);
        var answers = ask(batched, FREE, 1, 0, 2);
        holder("select pg_advisory_unlock_all()");
        assertEquals(1, together(answers.get(0)));
        assertEquals(
                "22012",
                assertInstanceOf(PgException.class, failure(answers.get(1))).getSqlState());
        assertEquals(1, together(answers.get(2)));
    }

    @Test
    void two_of_the_same_do_not_go_together() throws Exception {
        Batched<Optional<Row>> batched = batched(Duration.ofSeconds(30), 1);
        var unused = ask(batched, HELD, 1, 2, 4, 5);
        var answers = ask(batched, FREE, 8, 9, 8);
        holder("select pg_advisory_unlock_all()");
        assertEquals(2, together(answers.get(0)));
        assertEquals(2, together(answers.get(1)));
        assertEquals(1, together(answers.get(2)));
    }

    @Test
    void what_several_read_is_read_once_for_all_of_them() throws Exception {
        Batched<Optional<Row>> batched = batched(new Lane(4, USUAL, Duration.ofSeconds(30)), true);
        var unused = ask(batched, HELD, 1, 2, 4, 5);
        var answers = ask(batched, FREE, 8, 9, 8, 8, 13, 13);
        holder("select pg_advisory_unlock_all()");
        for (int i = 0; i < 4; i++) assertEquals(3, together(answers.get(i)));
        assertEquals(11, row(answers.get(1)).getInteger("x"));
        assertEquals(12, row(answers.get(3)).getInteger("x"));
        assertEquals(1, together(answers.get(4)));
        assertEquals(1, together(answers.get(5)));
    }

    @Test
    void what_the_rows_mean_is_made_once_for_all_who_asked_the_same() throws Exception {
        var made = new AtomicInteger();
        Batched<Integer> batched = batched(new Lane(4, USUAL, Duration.ofSeconds(30)), ONE, MANY_READ, true, rows -> {
            made.incrementAndGet();
            return rows.get(0).getInteger("x");
        });
        var before = ask(batched, HELD, 1, 2, 4, 5);
        var answers = ask(batched, FREE, 8, 8, 9, 8);
        holder("select pg_advisory_unlock_all()");
        for (int i = 0; i < 4; i++)
            assertEquals(i == 2 ? 11 : 12, answers.get(i).get(20, TimeUnit.SECONDS));
        for (var answer : before) assertTrue(answer.get(20, TimeUnit.SECONDS) >= 20);
        assertEquals(4 + 2, made.get());
    }

    @Test
    void rows_without_a_meaning_fail_only_those_who_asked_for_them() throws Exception {
        Batched<Integer> batched = batched(new Lane(4, USUAL, Duration.ofSeconds(30)), ONE, MANY_READ, true, rows -> {
            if (rows.get(0).getInteger("x") == 12) throw new IllegalStateException("twelve");
            return rows.get(0).getInteger("together");
        });
        var unused = ask(batched, HELD, 1, 2, 4, 5);
        var answers = ask(batched, FREE, 8, 9);
        holder("select pg_advisory_unlock_all()");
        assertEquals("twelve", failure(answers.get(0)).getMessage());
        assertEquals(2, answers.get(1).get(20, TimeUnit.SECONDS));
    }

    @Test
    void pages_that_are_read_together_are_each_in_their_order() throws Exception {
        var page = new Statement("select x, pg_advisory_xact_lock_shared($1::int) from generate_series(1, $2::int) x "
                + "order by x % 3, x desc limit 5");
        Batched<List<Integer>> pages = batched(
                new Lane(4, USUAL, Duration.ofSeconds(30)),
                page,
                ForMany.of(page, TYPES),
                true,
                rows -> rows.stream().map(row -> row.getInteger("x")).toList());
        var before = ask(pages, HELD, 8, 8, 8, 8);
        var answers = ask(pages, FREE, 7, 0, 2, 7);
        holder("select pg_advisory_unlock_all()");
        assertEquals(List.of(6, 3, 7, 4, 1), answers.get(0).get(20, TimeUnit.SECONDS));
        assertEquals(List.of(), answers.get(1).get(20, TimeUnit.SECONDS));
        assertEquals(List.of(1, 2), answers.get(2).get(20, TimeUnit.SECONDS));
        assertSame(answers.get(0).get(20, TimeUnit.SECONDS), answers.get(3).get(20, TimeUnit.SECONDS));
        assertEquals(List.of(6, 3, 7, 4, 1), before.get(0).get(20, TimeUnit.SECONDS));
    }

    @Test
    void next_are_those_who_have_waited_most_altogether() throws Exception {
        var lane = new Lane(1, NEVER, Duration.ofSeconds(30));
        assertEquals(List.of("some", "some", "some", "other"), order(lane, true));
    }

    @Test
    void but_who_has_waited_long_goes_before() throws Exception {
        var lane = new Lane(1, Duration.ofNanos(1), Duration.ofSeconds(30));
        assertEquals(List.of("other", "some", "some", "some"), order(lane, false));
    }

    /**
     * Of one who asks first and three of another kind, behind a statement that is under way until it ends or is held up. There is one connection for them, so that
     * they are answered in the order in which they begin.
     */
    private List<String> order(Lane lane, boolean ends) throws Exception {
        Pool two = connections(2);
        Batched<Optional<Row>> some = batched(two, lane);
        Batched<Optional<Row>> others = batched(two, lane);
        var before = ask(some, HELD, 1);
        var order = new ConcurrentLinkedQueue<String>();
        var answers = ask(List.of(
                others.ask(FREE, 1).invoke(() -> order.add("other")),
                some.ask(FREE, 2).invoke(() -> order.add("some")),
                some.ask(FREE, 4).invoke(() -> order.add("some")),
                some.ask(FREE, 5).invoke(() -> order.add("some"))));
        if (ends) holder("select pg_advisory_unlock_all()");
        assertEquals(1, together(answers.get(0)));
        for (int i = 1; i < 4; i++) assertEquals(3, together(answers.get(i)));
        holder("select pg_advisory_unlock_all()");
        assertEquals(1, together(before.get(0)));
        return List.copyOf(order);
    }

    private static Batched<Optional<Row>> batched(Pool by, Lane lane) {
        return batched(by, lane, ONE, MANY, false, rows -> rows.stream().findFirst());
    }

    @Test
    void beside_more_than_a_few_only_full_ones_begin() throws Exception {
        holder("select pg_advisory_lock(" + HELD_LATER + ")");
        Batched<Optional<Row>> batched = batched(new Lane(2, NEVER, Duration.ofSeconds(30)), false);
        var before = ask(batched, HELD, 1, 2);
        var three = ask(batched, HELD_LATER, 1, 2, 4);
        holder("select pg_advisory_unlock(" + HELD + ")");
        for (var answer : before) assertEquals(1, together(answer));
        Eventually.holds(() -> assertEquals(0, batched.waiting()));
        var answers =
                new ArrayList<>(ask(batched, FREE, IntStream.rangeClosed(1, 10).toArray()));
        assertEquals(10, batched.waiting());
        answers.addAll(ask(batched, FREE, IntStream.rangeClosed(14, 35).toArray()));
        for (var answer : answers) assertEquals(32, together(answer));
        assertFalse(three.get(0).isDone());
        holder("select pg_advisory_unlock_all()");
        for (var answer : three) assertEquals(3, together(answer));
    }

    @Test
    void who_has_waited_long_goes_before_full_ones_too() throws Exception {
        var lane = new Lane(2, USUAL, Duration.ofSeconds(30));
        var slow = new Statement(
                "with slept as materialized (select pg_sleep(0.02)) select n, true as done, 1 as together "
                        + "from unnest($1::int[], $2::int[]) with ordinality a (lock, y, n) cross join slept");
        Batched<Optional<Row>> crowd = batched(lane, ForMany.written(slow, TYPES), false);
        Batched<Optional<Row>> others = batched(lane, false);
        var one = new CompletableFuture<Integer>();
        var answered = new AtomicInteger();
        List<Uni<Optional<Row>>> all = new ArrayList<>();
        for (int i = 0; i < 40 * 32; i++) all.add(crowd.ask(FREE, 1).invoke(answered::incrementAndGet));
        all.add(40, others.ask(FREE, 1).invoke(() -> one.complete(answered.get())));
        var answers = ask(all);
        for (var answer : answers) assertEquals(1, together(answer));
        assertTrue(one.get(20, TimeUnit.SECONDS) < 20 * 32, () -> "answered before: " + one.join());
    }

    @Test
    void those_who_are_left_out_or_held_up_leave_connections_for_others() throws Exception {
        var lane = new Lane(1, Duration.ofMillis(1), Duration.ofSeconds(30));
        var nobody =
                new Statement("select n, true as done from unnest($1::int[], $2::int[]) with ordinality a (lock, y, n) "
                        + "where false");
        Batched<Optional<Row>> batched = batched(lane, ForMany.written(nobody, TYPES), false);
        Batched<Optional<Row>> others = batched(new Lane(1, NEVER, Duration.ofSeconds(30)), false);
        var leftOut = ask(batched, HELD, IntStream.rangeClosed(1, 20).toArray());
        Batched<Optional<Row>> apart = batched(lane, false, 1);
        var heldUp = ask(apart, HELD, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8);
        for (int i = 0; i < 50; i++) for (var answer : ask(others, FREE, 5)) assertEquals(1, together(answer));
        holder("select pg_advisory_unlock_all()");
        for (var answer : leftOut) assertEquals(1, together(answer));
        for (var answer : heldUp) assertEquals(1, together(answer));
    }

    @Test
    void those_who_ask_the_same_count_once() throws Exception {
        Batched<Optional<Row>> batched = batched(new Lane(4, USUAL, Duration.ofSeconds(30)), true);
        var before = ask(batched, HELD, 1, 2, 4, 5);
        var answers =
                ask(batched, FREE, IntStream.range(0, 100).map(i -> 20 + i % 20).toArray());
        assertEquals(20, batched.waiting());
        for (var answer : answers) assertEquals(20, together(answer));
        holder("select pg_advisory_unlock_all()");
        for (var answer : before) assertEquals(1, together(answer));
    }

    @Test
    void who_waits_too_long_is_told_to_come_again() throws Exception {
        // they are refused long before the places are handed on
        Batched<Optional<Row>> batched = batched(new Lane(4, Duration.ofMillis(200), Duration.ofMillis(10)), false);
        var before = ask(batched, HELD, 1, 2, 4, 5);
        for (var answer : ask(batched, FREE, 1, 2))
            assertEquals("busy", assertInstanceOf(Problem.Busy.class, failure(answer)).code);
        assertEquals(0, batched.waiting());
        assertFalse(before.get(0).isDone());
        holder("select pg_advisory_unlock_all()");
        for (var answer : before) assertEquals(1, together(answer));
    }

    @Test
    void who_is_held_up_holds_up_nobody_else() throws Exception {
        Batched<Optional<Row>> batched = batched(new Lane(4, USUAL, Duration.ofSeconds(30)), false);
        var before = ask(batched, HELD, 1, 2, 4, 5);
        for (var answer : ask(batched, FREE, 1, 2, 3)) assertEquals(3, together(answer));
        assertEquals(0, before.stream().filter(CompletableFuture::isDone).count());
        holder("select pg_advisory_unlock_all()");
        for (var answer : before) assertEquals(1, together(answer));
    }

    @Test
    void a_statement_that_is_lost_is_not_repeated() throws Exception {
        Batched<Optional<Row>> batched = batched(new Lane(4, USUAL, Duration.ofSeconds(30)), false);
        var before = ask(batched, HELD, 1, 2, 4, 5);
        var answers = ask(batched, HELD, 1, 2, 3);
        endWaiting(5, "%unnest%");
        for (var answer : answers) assertTrue(Outage.leavesDoubt(failure(answer)));
        holder("select pg_advisory_unlock_all()");
        for (var answer : before) assertEquals(1, together(answer));
        assertEquals(1, together(ask(batched, FREE, 1).get(0)));
    }

    /** When so many wait for the lock, ends one of those whose statement is like this. */
    private void endWaiting(int waiting, String like) {
        String those =
                " from pg_stat_activity where wait_event = 'advisory' and query like '%pg_advisory_xact_lock_shared%'";
        Eventually.holds(() -> assertEquals(waiting, count("select count(*)" + those)));
        Eventually.holds(() -> assertEquals(
                1,
                count("select count(pg_terminate_backend(pid)) from (select pid" + those + " and query like '" + like
                        + "' limit 1) ended")));
    }

    private int count(String sql) {
        return holder.query(sql)
                .execute()
                .await()
                .atMost(Duration.ofSeconds(30))
                .iterator()
                .next()
                .getInteger(0);
    }
}
