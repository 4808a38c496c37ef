package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.townsquare.town.DurableDatabase;
import org.townsquare.town.Image;
import org.townsquare.town.Packaged;

/**
 * The package as its Dockerfile lays it out and starts it, with a root that is read-only. On a JVM this also records the cache that the image starts by
 * ({@code -Daot}), natively there is none ({@code -Dnative}).
 */
@Tag("image")
class ImageIT {
    private static final Path DOCKERFILE =
            Path.of("src", "main", "docker", Packaged.NATIVE ? "Dockerfile.native" : "Dockerfile.jvm");

    private static final String CACHE = "-XX:AOTCache=";
    private static final long TICKS_PER_SECOND = 100;
    private static final int PATIENCE_SECONDS = 90;

    /** As in src/main/kubernetes; here nothing else tells a JVM how much there is. */
    private static final String MEMORY = "-XX:MaxRAM=768m";

    /** What its container asks for. How fast and how small it can be is measured on a quiet machine: bench/start.py. */
    private static final long MEGABYTES = Packaged.NATIVE ? 192 : 512;

    @TempDir
    private static Path folder;

    private static DurableDatabase postgres;
    private static Image image;
    private static Packaged application;
    private static double secondsToFirstAnswer;

    @BeforeAll
    static void start() throws Exception {
        postgres = DurableDatabase.start(folder);
        image = Image.of(
                DOCKERFILE,
                Map.of("BASE_DIGEST", "sha256:of-this-machine", "VERSION", "1.0.0", "COMMIT", "0123456789abcdef"));
        if (!Packaged.NATIVE) record(image.entrypoint());
        requireNamespaces();
        Map<String, String> environment = environment("image");
        try (Packaged migration =
                Packaged.by(image.command(), Path.of(""), Packaged.freePort(), ofOwner(environment), "migrate")) {
            Packaged.End end = migration.ended();
            assertEquals(0, end.code(), end.out() + end.err());
        }
        application = Packaged.by(image.command(), Path.of(""), Packaged.freePort(), environment)
                .served();
        secondsToFirstAnswer = processorSeconds();
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            if (application != null) application.close();
        } finally {
            if (postgres != null) postgres.close();
        }
    }

    /** Where the walk has been is what the cache knows. */
    private static void record(List<String> entrypoint) throws Exception {
        Path cache = Path.of(entrypoint.stream()
                .filter(it -> it.startsWith(CACHE))
                .findFirst()
                .orElseThrow()
                .substring(CACHE.length()));
        Files.deleteIfExists(Packaged.APPLICATION.resolve(cache));
        var command = new ArrayList<>(entrypoint);
        command.set(0, Packaged.JAVA);
        command.replaceAll(it -> it.startsWith(CACHE) ? "-XX:AOTCacheOutput=" + cache : it);
        Map<String, String> environment = environment("recorded");
        // who is watched while it learns is slow
        environment.put("TOWNSQUARE_REQUEST_DEADLINE", "60s");
        try (Packaged migration = Packaged.run(ofOwner(environment), "migrate")) {
            assertEquals(0, migration.ended().code());
        }
        try (Packaged recorded = Packaged.by(command, Packaged.APPLICATION, Packaged.freePort(), environment)
                .served()) {
            walk(recorded);
            recorded.stopped();
        }
        assertTrue(Files.exists(Packaged.APPLICATION.resolve(cache)), "no cache was written");
    }

    private static void requireNamespaces() throws IOException, InterruptedException {
        Process probe = new ProcessBuilder("unshare", "--mount", "--propagation", "private", "true")
                .redirectErrorStream(true)
                .start();
        String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (probe.waitFor() == 0) return;
        String refused = "unshare -m is refused here, so the image was not tried: " + said;
        System.out.println(refused);
        Assumptions.abort(refused);
    }

    @Test
    void it_starts_by_its_cache() throws IOException {
        try (Stream<String> mapped = Files.lines(process("maps"))) {
            boolean cached = mapped.anyMatch(it -> it.endsWith("/townsquare/townsquare.aot"));
            assertEquals(!Packaged.NATIVE, cached);
        }
    }

    @Test
    void the_first_walk_is_taken_in_the_memory_that_its_container_asks_for() throws Exception {
        System.out.printf("First answer after %.2f s of processor time.%n", secondsToFirstAnswer);
        walk(application);
        long megabytes = Long.parseLong(status().get("VmRSS").replaceAll("\\D", "")) / 1024;
        System.out.printf("%d MB after the walk.%n", megabytes);
        assertTrue(megabytes <= MEGABYTES, megabytes + " MB");
    }

    @Test
    void it_runs_as_1001_and_may_do_nothing_else() throws IOException {
        Map<String, String> status = status();
        assertEquals("1001\t1001\t1001\t1001", status.get("Uid"));
        assertEquals("1001\t1001\t1001\t1001", status.get("Gid"));
        assertEquals("", status.get("Groups"));
        assertEquals("1", status.get("NoNewPrivs"));
        for (String capabilities : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"))
            assertEquals("0000000000000000", status.get(capabilities), capabilities);
    }

    @Test
    void nothing_is_writable_but_tmp() throws IOException {
        try (Stream<String> mounts = Files.lines(process("mountinfo"))) {
            assertEquals(
                    List.of("/tmp"),
                    mounts.map(it -> it.split(" ", -1))
                            .filter(it -> it[5].startsWith("rw"))
                            .map(it -> it[4])
                            .filter(it -> !it.matches("/(proc|sys|dev)(/.*)?"))
                            .toList());
        }
        Path root = process("root");
        for (String folder : List.of("townsquare", "etc", "var", "usr"))
            assertThrows(FileSystemException.class, () -> Files.createFile(root.resolve(folder + "/written")), folder);
    }

    @Test
    void it_says_what_it_is_and_stands_on_a_digest() {
        assertEquals("1.0.0", image.labels().get("org.opencontainers.image.version"));
        assertEquals("0123456789abcdef", image.labels().get("org.opencontainers.image.revision"));
        assertTrue(image.base().endsWith("@sha256:of-this-machine"), image.base());
    }

    private static void walk(Packaged application) throws Exception {
        Path out = Files.createTempFile("walk", ".out");
        Process walk = new ProcessBuilder("bash", Path.of("docs", "walk.sh").toString(), application.url())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        boolean ended = walk.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) walk.destroyForcibly().waitFor();
        assertEquals(0, walk.exitValue(), Files.readString(out));
    }

    private static Map<String, String> status() throws IOException {
        try (Stream<String> lines = Files.lines(process("status"))) {
            return lines.map(it -> it.split(":", 2)).collect(Collectors.toMap(it -> it[0], it -> it[1].strip()));
        }
    }

    private static double processorSeconds() throws IOException {
        String stat = Files.readString(process("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (double) (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    private static Path process(String file) {
        return Path.of("/proc", String.valueOf(application.pid()), file);
    }

    /** Who migrates has the settings and no secret but those of the database. */
    private static Map<String, String> ofOwner(Map<String, String> environment) {
        Map<String, String> owned = DurableDatabase.owned(environment);
        owned.put("TOWNSQUARE_IDENTITY_PEPPER", "");
        owned.put("TOWNSQUARE_AUDIT_SIGNING_KEY", "");
        return owned;
    }

    private static Map<String, String> environment(String database) throws IOException {
        postgres.create(database);
        var environment = new HashMap<>(postgres.environment(database, postgres.port()));
        if (!Packaged.NATIVE) {
            environment.put("JDK_JAVA_OPTIONS", MEMORY);
            environment.put("PATH", Path.of(Packaged.JAVA).getParent() + ":" + System.getenv("PATH"));
        }
        return environment;
    }
}
