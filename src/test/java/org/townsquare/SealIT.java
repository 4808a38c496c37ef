package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.townsquare.town.DurableDatabase;
import org.townsquare.town.Eventually;
import org.townsquare.town.Packaged;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

/**
 * Goal R14: while communities act and the log is sealed, the normal package and its PostgreSQL are killed again and again. Afterwards each act has its one
 * entry, each entry its place in the log, and every proof verifies. The service runs with the rights of {@code townsquare_app} alone, the verification with
 * those of {@code townsquare_read}.
 */
@Tag("normal-package")
class SealIT {
    private static final boolean LONG = Integer.getInteger("townsquare.race.rounds", 3) > 3;
    private static final int COMMUNITIES = LONG ? 20 : 6;
    private static final int KILLS = LONG ? 20 : 4;
    private static final int ACTS = LONG ? 10_000 : 800;
    private static final int WRITERS = 6;
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicLong acts = new AtomicLong();

    /** Drafts and check-ins that were acknowledged. */
    private final AtomicLong made = new AtomicLong();

    private int port;
    private DurableDatabase database;
    private Packaged application;
    private Path checkpoints;

    @BeforeEach
    void start() throws Exception {
        port = Packaged.freePort();
        RestAssured.port = port;
        checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
        database = DurableDatabase.start(folder).migrated();
        application = Packaged.on(port, environment("townsquare_app")).served();
    }

    @AfterEach
    void stop() throws Exception {
        done.set(true);
        threads.shutdownNow();
        RestAssured.reset();
        try {
            if (application != null) application.killed();
        } finally {
            if (database != null) database.close();
        }
        assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
    }

    private Map<String, String> environment(String role) {
        var all = new HashMap<>(database.environment());
        all.put("QUARKUS_DATASOURCE_USERNAME", role);
        all.put("TOWNSQUARE_AUDIT_SINKS", "log," + checkpoints);
        all.put("TOWNSQUARE_AUDIT_CHECKPOINT_EVERY", "1s");
        return all;
    }

    private Packaged.End run(String role, String... arguments) throws Exception {
        try (Packaged process = Packaged.run(environment(role), arguments)) {
            return process.ended();
        }
    }

    /** A community, an open vote in it, and the code of an event. */
    private record Place(Village village, Person voter, String proposal, String code) {}

    private static Place place() {
        Village village = Village.open();
        Person ada = village.founder();
        Person bob = village.member("Bob", "COUNCIL", "ORGANIZER");
        String proposal = ada.sends(Map.of("title", "A bench", "description", "By the river."))
                .post(village.path() + "/proposals")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        ada.sends("{}")
                .post("/api/v1/proposals/" + proposal + "/submission")
                .then()
                .statusCode(200);
        bob.sends(Map.of(
                        "decision",
                        "APPROVE",
                        "closesAt",
                        Instant.now().plus(Duration.ofDays(1)).toString()))
                .post("/api/v1/proposals/" + proposal + "/review")
                .then()
                .statusCode(200);
        String group = bob.sends(Map.of("name", "Evenings"))
                .post(village.path() + "/event-groups")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String code = bob.sends(Map.of(
                        "title", "Planting day", "startTime", Instant.now().toString(), "durationMinutes", 90))
                .post("/api/v1/event-groups/" + group + "/events")
                .then()
                .statusCode(201)
                .extract()
                .path("codeText");
        return new Place(village, bob, proposal, code);
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void whatever_is_killed_while_it_seals_the_log_proves_every_act_once() throws Exception {
        var places = new ArrayList<Place>();
        for (int i = 0; i < COMMUNITIES; i++) places.add(place());
        var writers = new ArrayList<Future<?>>();
        for (int i = 0; i < WRITERS; i++) {
            int number = i;
            writers.add(threads.submit(() -> write(places, number)));
        }
        for (int kill = 1; kill <= KILLS; kill++) {
            await(acts.get() + ACTS / (KILLS + 1));
            if (kill % 2 == 1) {
                assertFalse(application.killed().out().contains("defect"), "a defect in the log");
                application = Packaged.on(port, environment("townsquare_app")).served();
            } else {
                database.kill();
                database.revive();
                application = application.served();
            }
        }
        await(Math.max(ACTS, acts.get() + 20));
        done.set(true);
        for (Future<?> writer : writers) writer.get(60, TimeUnit.SECONDS);
        assertEveryActHasItsEntry();
        sealed();
        String log = application.log();
        assertFalse(log.contains("log-inconsistent") || log.contains("log-behind-its-checkpoint"), log);
        Packaged.End verified = run("townsquare_read", "verify");
        assertEquals(0, verified.code(), verified.out() + verified.err());
        assertTrue(verified.out().contains("all is as it was written"), verified.out());
        for (Place place : places.subList(0, 3)) assertExportVerifies(place);
        assertTampered();
    }

    private void await(long until) throws Exception {
        Eventually.holds(RECOVERY.multipliedBy(LONG ? 10 : 2), "the writers go on", () -> acts.get() >= until);
    }

    private void write(List<Place> places, int number) {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int i = number; !done.get(); i++) {
            Place place = places.get(i % places.size());
            HttpRequest request =
                    switch (i % 3) {
                        case 0 ->
                            request(place.village().founder(), place.village().path() + "/proposals")
                                    .POST(HttpRequest.BodyPublishers.ofString(
                                            "{\"title\":\"Bench " + i + "\",\"description\":\"There.\"}"))
                                    .build();
                        case 1 ->
                            request(place.voter(), "/api/v1/proposals/" + place.proposal() + "/vote")
                                    .PUT(HttpRequest.BodyPublishers.ofString("{\"choice\":\""
                                            + List.of("YES", "NO", "ABSTAIN").get(i % 7 % 3) + "\"}"))
                                    .build();
                        default ->
                            HttpRequest.newBuilder(uri("/api/v1/check-ins"))
                                    .timeout(Duration.ofSeconds(30))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"" + place.code() + "\"}"))
                                    .build();
                    };
            try {
                int status = http.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status < 300) acts.incrementAndGet();
                if (status == 201 && i % 3 != 1) made.incrementAndGet();
                // drafts are limited for each author
                else
                    LockSupport.parkNanos(
                            Duration.ofMillis(status >= 500 ? 50 : 1).toNanos());
            } catch (IOException e) {
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private HttpRequest.Builder request(Person by, String path) {
        return HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + by.token());
    }

    /** J1, both ways. */
    private void assertEveryActHasItsEntry() throws SQLException {
        for (String[] pair : new String[][] {
            {"proposal", "ProposalDrafted", "id"},
            {"attendance", "CheckedIn", "id"},
        }) {
            assertEquals(
                    0,
                    count(
                            "select count(*) from %s t where (select count(*) from journal_entry e where e.subject_id = t.%s and e.kind = '%s') <> 1"
                                    .formatted(pair[0], pair[2], pair[1])),
                    pair[1]);
            assertEquals(
                    0,
                    count(
                            "select count(*) from journal_entry e where e.kind = '%s' and not exists (select from %s t where t.%s = e.subject_id)"
                                    .formatted(pair[1], pair[0], pair[2])),
                    pair[1]);
        }
        assertEquals(
                0,
                count(
                        "select count(*) from vote v where v.revision + 1 <> (select count(*) from journal_entry e where e.subject_id = v.id and e.kind in ('VoteCast', 'VoteChanged'))"));
        assertTrue(count("select (select count(*) from proposal) + (select count(*) from attendance)") >= made.get());
    }

    private long count(String sql) throws SQLException {
        try (Connection db = database.connect();
                var rows = db.createStatement().executeQuery(sql)) {
            assertTrue(rows.next());
            return rows.getLong(1);
        }
    }

    private void sealed() throws Exception {
        Eventually.holds(
                RECOVERY,
                "everything is sealed, signed and published",
                () -> count("select count(*) from journal_entry") == count("select max(size) from log_checkpoint")
                        && count("select count(*) from log_checkpoint where published_at is null") == 0);
    }

    /** By the verifier of auditors, which shares no code with the service. */
    private void assertExportVerifies(Place place) throws Exception {
        Path file = folder.resolve(place.village().id() + ".ndjson");
        Files.write(
                file,
                place.village()
                        .founder()
                        .sends()
                        .get(place.village().path() + "/audit-log/export")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray());
        String key = Person.nobody().get("/api/v1/log/keys").path("items[0].key");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        Path.of("docs", "verify", "Verify.java").toString(),
                        file.toString(),
                        "--key",
                        key)
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), out);
    }

    /** What the verification says of a log that is not sound, and that the service goes on beside it. */
    private void assertTampered() throws Exception {
        try (Connection root = database.connect()) {
            root.createStatement().execute("set session_replication_role = replica");
            assertEquals(
                    1,
                    root.createStatement()
                            .executeUpdate(
                                    "update journal_entry set credential = 'SYSTEM' where id = (select entry_id from log_leaf where leaf_index = 7)"));
        }
        Packaged.End found = run("townsquare_read", "verify", "--log");
        assertEquals(2, found.code(), found.out() + found.err());
        assertTrue(found.out().contains("\"finding\":\"body-contradicted\",\"index\":7"), found.out());
        assertEquals(0, run("townsquare_read", "verify", "--invariants").code());
        assertTrue(run("townsquare_owner", "open-stream").out().contains("is in order"));
        assertFalse(place().code().isEmpty());
    }
}
