package org.townsquare.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.management.OperatingSystemMXBean;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.townsquare.events.CheckIn;
import org.townsquare.events.MeasuredCheckIn;
import org.townsquare.governance.Choice;
import org.townsquare.governance.MeasuredVote;
import org.townsquare.identity.MeasuredLookUp;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Batching;
import org.townsquare.town.Database;

/**
 * What one statement saves against the session. Its name keeps it out of the build: {@code ./mvnw test -Dtest=HotPathsMeasured}. The figures are
 * printed, never judged; that both ways leave the same rows is.
 */
@QuarkusTest
@QuarkusTestResource(Database.class)
@TestProfile(HotPathsMeasured.Quiet.class)
class HotPathsMeasured {
    private static final Path SEED = Path.of("src", "test", "resources", "org", "townsquare", "bench", "hot-paths.sql");
    private static final int CONCURRENCY = 16;
    private static final int WARM_UP = Integer.getInteger("bench.warm-up", 8_000);
    private static final int OPERATIONS = Integer.getInteger("bench.operations", 4_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 6);

    /** Nothing runs beside what is measured. */
    public static class Quiet implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.scheduler.enabled", "false");
        }
    }

    @Inject
    Pool pool;

    @Inject
    Batching batching;

    @Inject
    Journal journal;

    @Inject
    RandomGenerator random;

    @Inject
    Clock clock;

    @Inject
    CheckIn checkIn;

    @BeforeAll
    static void seed() throws Exception {
        try (var connection = Database.connect();
                var statement = connection.createStatement()) {
            statement.execute(Files.readString(SEED));
            statement.execute("vacuum analyze");
        }
    }

    @Test
    void session_look_up() throws Exception {
        var lookUp = new MeasuredLookUp(pool, batching, clock);
        measure("session look-up", n -> lookUp.byStatement(token(n)), n -> lookUp.bySession(token(n)));
        var one = await(() -> lookUp.byStatement(token(7)));
        var other = await(() -> lookUp.bySession(token(7)));
        assertEquals(one.id(), other.id());
        assertEquals(one.credentialId(), other.credentialId());
        assertEquals(Set.copyOf(one.standings()), Set.copyOf(other.standings()));
        assertEquals(2, one.standings().size());
    }

    /** One way takes the first twelve electors of each proposal, the other the next twelve; every vote is a change. */
    @Test
    void vote() throws Exception {
        var vote = new MeasuredVote(pool, batching, journal, random, clock);
        measure(
                "vote",
                n -> vote.byStatement(proposal(n), elector(n, 0), choice(n)),
                n -> vote.bySession(proposal(n), elector(n, 12), choice(n)));
        String rows = """
                select v.choice, v.revision, v.version, v.weight, octet_length(v.nonce), octet_length(v.receipt), count(*),
                       count(c.revision), count(e.id), count(o.entry_id), sum(octet_length(e.body))
                from vote v
                left join vote_change c on c.vote_id = v.id
                left join journal_entry e on e.subject_id = v.id and e.actor_id = v.user_id and c.revision = 0
                left join journal_origin o on o.entry_id = e.id
                where ('x' || right(v.user_id::varchar, 12))::bit(48)::bigint / 20 % 25 between ? and ?
                group by 1, 2, 3, 4, 5, 6 order by 1, 2
                """;
        assertSame(rows(rows, 0, 11), rows(rows, 12, 23));
    }

    /** One way takes the events with an even number, the other those with an odd one. */
    @Test
    void check_in() throws Exception {
        var checkedIn = new MeasuredCheckIn(checkIn, journal, random, clock);
        measure(
                "check-in",
                n -> checkedIn.byStatement(code(n, 0), person(n)),
                n -> checkedIn.bySession(code(n, 1), person(n)));
        String rows = """
                select a.kind, a.source, a.version, octet_length(a.receipt), count(*), count(distinct a.participant_id), count(distinct a.event_id),
                       count(e.id), count(o.entry_id), sum(octet_length(e.body))
                from attendance a
                left join journal_entry e on e.subject_id = a.id and e.actor_id = a.participant_id and e.kind = 'CheckedIn'
                left join journal_origin o on o.entry_id = e.id
                where ('x' || right(a.event_id::varchar, 12))::bit(48)::bigint % 2 between ? and ?
                group by 1, 2, 3, 4
                """;
        assertSame(rows(rows, 0, 0), rows(rows, 1, 1));
    }

    private static void measure(String what, IntFunction<Uni<?>> statement, IntFunction<Uni<?>> session)
            throws Exception {
        try (var threads = new Threads(Executors.newFixedThreadPool(CONCURRENCY))) {
            threads.run(statement, 0, WARM_UP);
            threads.run(session, 0, WARM_UP);
            var one = new Total();
            var other = new Total();
            for (int round = 0; round < ROUNDS; round++) {
                int from = WARM_UP + round * OPERATIONS;
                boolean first = round % 2 == 0;
                (first ? one : other).add(threads.run(first ? statement : session, from, OPERATIONS));
                (first ? other : one).add(threads.run(first ? session : statement, from, OPERATIONS));
            }
            System.out.printf(
                    "MEASURED %-16s statement %6.0f/s %5.0f us CPU | session %6.0f/s %5.0f us CPU | throughput x %.2f, CPU x %.2f%n",
                    what,
                    one.perSecond(),
                    one.cpu(),
                    other.perSecond(),
                    other.cpu(),
                    one.perSecond() / other.perSecond(),
                    one.cpu() / other.cpu());
        }
    }

    private static final class Total {
        private long nanos;
        private long cpuNanos;
        private long operations;

        void add(long[] run) {
            nanos += run[0];
            cpuNanos += run[1];
            operations += OPERATIONS;
        }

        double perSecond() {
            return operations * 1e9 / nanos;
        }

        double cpu() {
            return cpuNanos / 1e3 / operations;
        }
    }

    private record Threads(ExecutorService executor) implements AutoCloseable {
        private static final OperatingSystemMXBean SYSTEM =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

        /** Each of the callers does its part one after the other, on a Vert.x context of its own. Returns the nanoseconds passed and those of the CPU. */
        long[] run(IntFunction<Uni<?>> way, int from, int count) throws Exception {
            int each = count / CONCURRENCY;
            var parts = new ArrayList<Callable<List<Boolean>>>();
            for (int caller = 0; caller < CONCURRENCY; caller++) {
                int begin = from + caller * each;
                parts.add(() -> await(() -> Multi.createFrom()
                        .range(begin, begin + each)
                        .onItem()
                        .transformToUniAndConcatenate(n -> way.apply(n).replaceWith(true))
                        .collect()
                        .asList()));
            }
            long cpu = SYSTEM.getProcessCpuTime();
            long time = System.nanoTime();
            for (var part : executor.invokeAll(parts))
                assertEquals(each, part.get().size());
            return new long[] {System.nanoTime() - time, SYSTEM.getProcessCpuTime() - cpu};
        }

        @Override
        public void close() {
            executor.shutdown();
        }
    }

    private static <T> T await(java.util.function.Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static void assertSame(List<String> one, List<String> other) {
        assertFalse(one.isEmpty());
        assertEquals(one, other);
    }

    private static List<String> rows(String sql, int low, int high) throws SQLException {
        try (var connection = Database.connect();
                var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, low);
            statement.setInt(2, high);
            var found = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var row = new StringBuilder();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++)
                        row.append(rows.getString(i)).append(' ');
                    found.add(row.toString());
                }
            }
            return found;
        }
    }

    // The numbers of hot-paths.sql.

    private static UUID id(int number) {
        return new UUID(0x7000, 0x8000_0000_0000_0000L | number);
    }

    private static String token(int n) {
        return "tss_%08d_bench".formatted(n % 5_000);
    }

    private static UUID proposal(int n) {
        return id(n % 2_000);
    }

    private static UUID elector(int n, int from) {
        int proposal = n % 2_000;
        return id(proposal % 20 + 20 * (25 * (proposal / 20 % 10) + from + n / 2_000 % 12));
    }

    /** The seed holds YES. */
    private static Choice choice(int n) {
        return List.of(Choice.NO, Choice.ABSTAIN, Choice.YES).get(n / 24_000 % 3);
    }

    private static String code(int n, int odd) {
        return "%08d".formatted(n % 500 * 2 + odd);
    }

    private static UUID person(int n) {
        return id(n / 500);
    }
}
