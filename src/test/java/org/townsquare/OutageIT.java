package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.townsquare.town.Chaos;
import org.townsquare.town.DurableDatabase;
import org.townsquare.town.Eventually;
import org.townsquare.town.FaultyLine;
import org.townsquare.town.Gathering;
import org.townsquare.town.Load;
import org.townsquare.town.Load.Asked;
import org.townsquare.town.Packaged;

/**
 * Goal R5: the database goes away, or hangs, or its line does, while eight clients work. Nothing runs past its deadline, the replica says that it is not
 * ready and lives on, and it works again soon after the database does, by itself.
 */
@Tag("normal-package")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class OutageIT {
    private static final Duration AWAY = Duration.ofSeconds(Chaos.LONG ? 30 : 7);
    private static final Random RANDOM = Chaos.random("OutageIT");

    /** For this machine to notice, on top of what the goal allows. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    private static Path folder;

    private static DurableDatabase database;
    private static FaultyLine line;
    private static Packaged application;
    private static Gathering event;

    @BeforeAll
    static void start() throws Exception {
        database = DurableDatabase.start(folder).migrated();
        line = FaultyLine.to(database.port());
        Map<String, String> all = new HashMap<>(database.environment("postgres", line.port()));
        all.put("QUARKUS_DATASOURCE_JDBC_URL", database.environment().get("QUARKUS_DATASOURCE_JDBC_URL"));
        all.put("TOWNSQUARE_EVENTS_CHECK_INS_PER_SECOND", "0");
        all.put("TOWNSQUARE_EVENTS_NEW_CHECK_INS_PER_MINUTE", "0");
        application = Packaged.run(all).served();
        // a cold one may be slow, which is not what this looks at
        Eventually.holds(
                Duration.ofSeconds(30),
                "it answers from the database",
                () -> application.request().get("/api/v1/markets").statusCode() == 200);
        RestAssured.port = Integer.parseInt(application.url().replaceFirst(".*:", ""));
        event = Gathering.open();
    }

    @AfterAll
    static void stop() throws Exception {
        RestAssured.reset();
        try {
            if (application != null) application.killed();
            if (line != null) line.close();
        } finally {
            if (database != null) database.close();
        }
    }

    private interface Fault {
        void begin() throws Exception;
    }

    private static Load load() {
        return new Load(
                application.url(), event.code(), event.host(), event.village().path() + "/event-groups");
    }

    /** While it lasts, and after. */
    private static void outage(String name, Fault fault, Duration longestAnswer) throws Exception {
        long before = attendances();
        try (Load load = load().begin(8)) {
            Eventually.holds(Duration.ofSeconds(20), "they work", () -> load.oks() > 100);
            fault.begin();
            long began = System.nanoTime();
            Eventually.holds(SOON.plus(SLACK), "the replica is not ready", () -> !application.isReady());
            double unready = seconds(began);
            while (System.nanoTime() - began < AWAY.toNanos()) {
                assertEquals(200, application.management().get("/q/health/live").statusCode(), "it lives on");
                assertEquals(
                        200, application.management().get("/q/health/started").statusCode());
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
            line.heal();
            long healed = System.nanoTime();
            Eventually.holds(
                    SOON.plus(SLACK),
                    "the first success",
                    () -> load.asked().stream().anyMatch(it -> it.ok() && it.began() > healed));
            double works = seconds(healed);
            Eventually.holds(SOON.plus(SLACK), "the replica is ready", application::isReady);
            List<Asked> asked = load.ended();
            long slowest = asked.stream().mapToLong(Asked::took).max().orElseThrow();
            List<Asked> atOnce = asked.stream()
                    .filter(it -> it.began() > began + SOON.plus(SLACK).toNanos() && it.began() < healed && !it.ok())
                    .toList();
            System.out.printf(
                    "R5 %s for %d s: unready after %.1f s, slowest answer %.1f s, then refused in at most %.0f ms, first success %.1f s after its return, %d of %d requests refused%n",
                    name,
                    AWAY.toSeconds(),
                    unready,
                    slowest / 1e9,
                    atOnce.stream().mapToLong(Asked::took).max().orElse(0) / 1e6,
                    works,
                    asked.stream().filter(it -> !it.ok()).count(),
                    asked.size());
            assertTrue(
                    slowest < longestAnswer.plus(SLACK).toNanos(),
                    () -> "allowed are " + longestAnswer + " for an answer, but "
                            + asked.stream().filter(it -> it.took() == slowest).toList());
            assertFalse(atOnce.isEmpty(), "nobody asked while it was away");
            assertTrue(
                    atOnce.stream().allMatch(it -> it.took() < SLACK.toNanos()),
                    "what was known to be away was waited for");
            assertAnswers(asked);
            assertTruth(asked, load, before);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** Only what says that the database is away, or that there is too much to do. */
    private static void assertAnswers(List<Asked> asked) {
        for (Asked it : asked)
            assertTrue(
                    it.ok()
                            || (it.status() == 503
                                    && List.of("database-unavailable", "busy", "deadline-exceeded")
                                            .contains(it.told())
                                    && it.retryable()),
                    it.toString());
    }

    /** What was acknowledged is there, once; of what was not, the repeat by its key tells. */
    private static void assertTruth(List<Asked> asked, Load load, long before) throws SQLException {
        for (Asked it : asked)
            if (it.checksIn() && !it.ok()) {
                Asked again = load.checkIn(it.key());
                assertEquals(201, again.status(), again.toString());
            }
        long keys = asked.stream().filter(Asked::checksIn).count();
        assertEquals(before + keys, attendances());
        assertEquals(before + keys, count("select count(*) from journal_entry where kind = 'CheckedIn'"));
    }

    private static long attendances() throws SQLException {
        return count("select count(*) from attendance");
    }

    private static long count(String sql) throws SQLException {
        try (Connection db = database.connect();
                var rows = db.createStatement().executeQuery(sql)) {
            assertTrue(rows.next());
            return rows.getLong(1);
        }
    }

    @Test
    void refused_and_cut() throws Exception {
        int before = application.log().length();
        outage("refused", line::cut, Duration.ofSeconds(2));
        String said = application.log().substring(before);
        for (String unknown : List.of(
                "it is not known how far the followers are",
                "it is not known how far the log is",
                "it is not known what stands in the way of the journal"))
            assertTrue(said.contains(unknown), () -> "not said: " + unknown + "\n" + said);
        assertFalse(said.contains("Error occurred while executing task"), said);
    }

    @Test
    void hanging() throws Exception {
        outage("hanging", line::hang, DEADLINE);
    }

    @Test
    void silently_dropped() throws Exception {
        outage("dropped", line::drop, DEADLINE);
    }

    /** Nothing that the service has opened stays open, and nothing but its connections is left. */
    @Test
    void killed_and_back() throws Exception {
        outage("killed", OutageIT::kill, Duration.ofSeconds(2));
    }

    private static void kill() throws Exception {
        database.kill();
        line.cut();
        database.revive();
    }

    @Test
    void a_slow_line_is_slow_and_nothing_else() throws Exception {
        long before = attendances();
        try (Load load = load().begin(8)) {
            line.delay(Duration.ofMillis(20));
            Eventually.holds(Duration.ofSeconds(30), "they work", () -> load.oks() > 100);
            line.heal();
            List<Asked> asked = load.ended();
            assertEquals(List.of(), asked.stream().filter(it -> !it.ok()).toList());
            assertTruth(asked, load, before);
        }
    }

    @Test
    void a_connection_that_is_reset_in_the_middle_of_an_answer_leaves_the_truth_to_the_key() throws Exception {
        long before = attendances();
        try (Load load = load().begin(8)) {
            for (int round = 0; round < (Chaos.LONG ? 40 : 6); round++) {
                long oks = load.oks();
                line.resetAfter(500 + RANDOM.nextInt(20_000));
                Eventually.holds(
                        Duration.ofSeconds(30),
                        "they work, and fail",
                        () -> load.oks() > oks + 20 && load.asked().stream().anyMatch(it -> !it.ok()));
            }
            line.heal();
            long oks = load.oks();
            Eventually.holds(Duration.ofSeconds(10), "they work", () -> load.oks() > oks + 100);
            List<Asked> asked = load.ended();
            assertAnswers(asked);
            assertTruth(asked, load, before);
            assertTrue(application.isReady());
            assertFalse(application.log().contains("defect"), application.log());
        }
    }
}
