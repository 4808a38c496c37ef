package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.townsquare.town.Balancer;
import org.townsquare.town.Chaos;
import org.townsquare.town.DurableDatabase;
import org.townsquare.town.Eventually;
import org.townsquare.town.Gathering;
import org.townsquare.town.Load;
import org.townsquare.town.Packaged;

/** Goal R8: two replicas are restarted one after the other, again and again, behind a balancer that reads readiness. No request fails. */
@Tag("normal-package")
@Timeout(value = 45, unit = TimeUnit.MINUTES)
class RollingIT {
    private static final int ROUNDS = Chaos.LONG ? 20 : 2;

    /** Longer than the balancer takes to see that a replica is not ready. */
    private static final Duration DELAY = Duration.ofSeconds(2);

    private static final Set<String> TOO_SLOW = Set.of("busy", "deadline-exceeded");

    @TempDir
    private Path folder;

    private DurableDatabase database;
    private Balancer balancer;
    private final Packaged[] replicas = new Packaged[2];

    @BeforeEach
    void start() throws Exception {
        database = DurableDatabase.start(folder).migrated();
        balancer = Balancer.start();
        for (int i = 0; i < replicas.length; i++) replicas[i] = joined();
        RestAssured.port = balancer.port();
    }

    @AfterEach
    void stop() throws Exception {
        RestAssured.reset();
        try {
            if (balancer != null) balancer.close();
            for (Packaged replica : replicas) if (replica != null) replica.killed();
        } finally {
            if (database != null) database.close();
        }
    }

    private Packaged joined() throws Exception {
        Map<String, String> all = new HashMap<>(database.environment());
        all.put("QUARKUS_SHUTDOWN_DELAY", DELAY.toSeconds() + "S");
        all.put("TOWNSQUARE_EVENTS_CHECK_INS_PER_SECOND", "0");
        all.put("TOWNSQUARE_EVENTS_NEW_CHECK_INS_PER_MINUTE", "0");
        Packaged replica = Packaged.run(all).served();
        balancer.add(replica);
        Eventually.holds(Duration.ofSeconds(10), "the balancer takes it", () -> balancer.uses(replica));
        return replica;
    }

    @Test
    void no_request_fails() throws Exception {
        Gathering event = Gathering.open();
        try (Load load = new Load(
                        balancer.url(),
                        event.code(),
                        event.host(),
                        event.village().path() + "/event-groups")
                .begin(8)) {
            for (int round = 0; round < ROUNDS; round++)
                for (int i = 0; i < replicas.length; i++) {
                    long oks = load.oks();
                    Packaged old = replicas[i];
                    Packaged.End end = old.stopped();
                    balancer.remove(old);
                    assertTrue(end.code() == 0 || end.code() == 143, "exit " + end.code());
                    replicas[i] = joined();
                    assertTrue(load.oks() > oks, "nobody worked meanwhile");
                }
            List<Load.Asked> asked = load.ended();
            List<Load.Asked> failed = asked.stream().filter(it -> !it.ok()).toList();
            System.out.printf("R8: %d restarts, %d of %d requests failed%n", 2 * ROUNDS, failed.size(), asked.size());
            // where others use the machine, a replica that has just begun may be too slow for a few, and says so
            var lost = Chaos.LONG
                    ? failed
                    : failed.stream()
                            .filter(it -> !TOO_SLOW.contains(it.told()))
                            .toList();
            assertEquals(List.of(), lost.subList(0, Math.min(10, lost.size())));
            assertTrue(failed.size() <= asked.size() / 500, failed.size() + " of " + asked.size() + " failed");
        }
    }
}
