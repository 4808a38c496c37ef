package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a copy of {@code mvnw} with a small Maven of its own, served by this test: nothing here needs a network. */
class MavenWrapperTest {

    private static final int TIMEOUT_SECONDS = 60;
    private static final String VERSION = "3.9.99";
    private static final String ZIP_NAME = "apache-maven-" + VERSION + "-bin.zip";
    private static final String HOME_IN_ZIP = "apache-maven-" + VERSION + "/";
    private static final String WRONG_SHA512 = "0".repeat(128);
    private static final List<String> TOOLS =
            List.of("cat", "cp", "dirname", "grep", "head", "mkdir", "mktemp", "rm", "sed", "tr");

    /** A server's answer to one request for the zip. */
    @FunctionalInterface
    private interface Answer {
        void send(HttpExchange exchange, byte[] zip) throws IOException;
    }

    private record Result(int exitCode, String out, String err) {}

    private record Call(Process process, Path out, Path err) {
        Result finish() throws IOException, InterruptedException {
            assertTrue(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS), "mvnw did not end");
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    @TempDir
    private Path temp;

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService serverThreads = Executors.newCachedThreadPool();
    private volatile Answer answer = MavenWrapperTest::sendAll;
    private HttpServer server;
    private byte[] zip;
    private Path project;
    private Path path;
    private Path userHome;
    private int calls;

    @BeforeEach
    void prepare_a_copy_of_the_wrapper() throws Exception {
        assumeFalse(System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows"), "mvnw is for sh");
        zip = zipOf(Map.of(
                HOME_IN_ZIP + "bin/mvn",
                "#!/bin/sh\necho 'Apache Maven " + VERSION + "'\nfor a; do echo \"argument: $a\"; done\n",
                HOME_IN_ZIP + "bin/m2.conf",
                "main is nothing\n"));

        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.setExecutor(serverThreads);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI().toString());
            try (exchange) {
                answer.send(exchange, zip);
            }
        });
        server.start();

        project = Files.createDirectories(temp.resolve("my project"));
        userHome = temp.resolve("maven home");
        path = Files.createDirectories(temp.resolve("bin"));
        for (String tool : TOOLS) {
            putOnThePath(tool, onThePath(tool));
        }
        copyTheWrapper();
        pin(serverUrl(), sha512Of(zip));
        environment.put("PATH", path.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("MAVEN_USER_HOME", userHome.toString());
        environment.put("MVNW_VERBOSE", "true");
    }

    @AfterEach
    void stop_the_server() {
        if (server != null) {
            server.stop(0);
        }
        serverThreads.shutdownNow();
    }

    @Test
    void the_pinned_maven_is_a_3_9_with_a_sha512_sum() throws Exception {
        String pinned = Files.readString(root().resolve(".mvn/wrapper/maven-wrapper.properties"));
        assertTrue(
                Pattern.compile("(?m)^distributionUrl=https://\\S+/apache-maven-3\\.9\\.(1[2-9]|[2-9]\\d)-bin\\.zip$")
                        .matcher(pinned)
                        .find(),
                pinned);
        assertTrue(
                Pattern.compile("(?m)^distributionSha512Sum=[0-9a-f]{128}$")
                        .matcher(pinned)
                        .find(),
                pinned);
    }

    @Test
    void without_mvn_a_download_is_installed_and_used_again_by_the_next_call() throws Exception {
        Result first = mvnw("verify", "-Dtext=two words", "");
        assertWay(4, first);
        assertEquals(
                "Apache Maven " + VERSION + "\nargument: verify\nargument: -Dtext=two words\nargument: \n",
                first.out(),
                "standard output is Maven's alone");

        Result second = mvnw("-v");
        assertWay(1, second);
        assertEquals("Apache Maven " + VERSION + "\nargument: -v\n", second.out());
        assertEquals(List.of("/" + ZIP_NAME), requests, "one download for two calls");
        assertOnlyTheInstalledMavenIsLeft();
    }

    @Test
    void another_pinned_sum_installs_another_maven() throws Exception {
        assertWay(4, mvnw("-v"));
        zip = zipOf(Map.of(HOME_IN_ZIP + "bin/mvn", "#!/bin/sh\necho 'the other one'\n"));
        pin(serverUrl(), sha512Of(zip));

        Result result = mvnw("-v");
        assertWay(4, result);
        assertEquals("the other one\n", result.out());
    }

    @Test
    void a_call_from_another_folder_works() throws Exception {
        Result result = start(temp, "-f", "pom.xml").finish();
        assertWay(4, result);
        assertTrue(result.out().endsWith("argument: -f\nargument: pom.xml\n"), result.out());
    }

    @Test
    void the_distribution_url_of_the_environment_goes_before_the_pinned_one() throws Exception {
        environment.put("MVNW_DISTRIBUTION_URL", serverUrl().replace(ZIP_NAME, "mirror/maven.zip"));
        assertWay(4, mvnw("-v"));
        assertEquals(List.of("/mirror/maven.zip"), requests);
    }

    @Test
    void the_proxy_of_the_environment_is_used() throws Exception {
        pin("http://maven.invalid/" + ZIP_NAME, sha512Of(zip));
        environment.put("http_proxy", serverUrl().replace("/" + ZIP_NAME, ""));
        assertWay(4, mvnw("-v"));
        assertEquals(List.of("http://maven.invalid/" + ZIP_NAME), requests);
    }

    @Test
    void no_proxy_is_used_for_a_host_that_is_excepted() throws Exception {
        environment.put("http_proxy", "http://maven.invalid:1");
        environment.put("no_proxy", "example.invalid, 127.0.0.1");
        assertWay(4, mvnw("-v"));
    }

    @Test
    void a_new_enough_mvn_of_the_path_is_used() throws Exception {
        for (String version : List.of("3.9.12", "3.9.14", "3.9.100", "3.10.0")) {
            putMvnOnThePath(version, "exit 1");
            Result result = mvnw("verify", "-Dtext=two words");
            assertWay(2, result);
            assertEquals("mvn " + version + " runs: verify -Dtext=two words\n", result.out());
        }
        assertNothingIsInstalled();
        assertEquals(List.of(), requests);
    }

    @Test
    void another_mvn_of_the_path_fetches_the_pinned_maven() throws Exception {
        for (String version : List.of("3.8.7", "3.9.11", "3.10.0-rc-1", "4.0.0-rc-5", "4.0.0")) {
            environment.put("MAVEN_USER_HOME", userHome.resolve(version).toString());
            putMvnOnThePath(version, "cp \"$zip\" \"$folder/" + ZIP_NAME + "\"");
            Result result = mvnw("verify");
            assertWay(3, result);
            assertEquals("Apache Maven " + VERSION + "\nargument: verify\n", result.out());
        }
        assertWay(1, mvnw("verify"));
        assertEquals(List.of(), requests);
    }

    @Test
    void a_fetch_with_mvn_uses_the_settings_of_the_call() throws Exception {
        putMvnOnThePath("3.8.7", "cp \"$zip\" \"$folder/" + ZIP_NAME + "\"");
        assertWay(3, mvnw("-q", "-s", "my settings.xml", "-Dmaven.repo.local=repo", "-DskipTests", "verify"));

        List<String> arguments = Files.readAllLines(temp.resolve("fetch.txt"));
        assertTrue(
                arguments.containsAll(List.of("-s", "my settings.xml", "-Dmaven.repo.local=repo")),
                () -> arguments.toString());
        assertTrue(
                arguments.contains("-Dartifact=org.apache.maven:apache-maven:" + VERSION + ":zip:bin"),
                () -> arguments.toString());
        assertFalse(arguments.contains("-DskipTests") || arguments.contains("verify"), () -> arguments.toString());
    }

    @Test
    void a_download_follows_when_mvn_cannot_fetch() throws Exception {
        putMvnOnThePath("3.8.7", "echo '[ERROR] it is offline'; exit 1");
        assertWay(4, mvnw("-v"));
        assertEquals(1, requests.size());
    }

    @Test
    void a_mvn_that_starts_mvnw_again_is_no_endless_loop() throws Exception {
        putOnThePath("mvn", project.resolve("mvnw"));
        assertWay(4, mvnw("-v"));
    }

    @Test
    void when_every_way_fails_one_message_tells_what_was_tried() throws Exception {
        putMvnOnThePath("3.8.7", "echo '[ERROR] it is offline'; exit 1");
        answer = (exchange, content) -> exchange.sendResponseHeaders(503, -1);

        Result result = mvnw("-v");
        assertNotEquals(0, result.exitCode());
        String message = lastLineOf(result.err());
        assertTrue(message.contains("Maven " + VERSION + " could not be installed"), message);
        assertTrue(message.contains("fetching with mvn 3.8.7 failed (it is offline)"), message);
        assertTrue(message.contains("downloading " + serverUrl() + " failed"), message);
        assertTrue(message.contains("status 503"), message);
        assertEquals("", result.out());
        assertNothingIsInstalled();
    }

    @Test
    void a_wrong_checksum_of_a_download_installs_nothing() throws Exception {
        pin(serverUrl(), WRONG_SHA512);
        assertWrongChecksum(mvnw("-v"));
    }

    @Test
    void a_wrong_checksum_of_what_mvn_fetched_installs_nothing() throws Exception {
        putMvnOnThePath("3.8.7", "cp \"$zip\" \"$folder/" + ZIP_NAME + "\"");
        pin(serverUrl(), WRONG_SHA512);
        assertWrongChecksum(mvnw("-v"));
        assertEquals(List.of(), requests, "no second try after a wrong checksum");
    }

    @Test
    void a_zip_that_leaves_its_folder_is_refused() throws Exception {
        zip = zipOf(Map.of(HOME_IN_ZIP + "bin/mvn", "#!/bin/sh\n", "../../../evil.txt", "evil\n"));
        pin(serverUrl(), sha512Of(zip));

        Result result = mvnw("-v");
        assertNotEquals(0, result.exitCode());
        assertTrue(lastLineOf(result.err()).contains("outside of its folder"), result.err());
        assertNothingIsInstalled();
    }

    @Test
    void an_interrupted_download_installs_nothing_and_the_next_call_works() throws Exception {
        answer = MavenWrapperTest::sendHalf;
        Result result = mvnw("-v");
        assertNotEquals(0, result.exitCode());
        String message = lastLineOf(result.err());
        // newer JDKs notice the early end themselves
        assertTrue(
                message.contains("it ended after " + zip.length / 2 + " of " + zip.length + " bytes")
                        || message.contains("Premature EOF"),
                message);
        assertNothingIsInstalled();

        answer = MavenWrapperTest::sendAll;
        assertWay(4, mvnw("-v"));
        assertOnlyTheInstalledMavenIsLeft();
    }

    @Test
    void a_killed_call_leaves_no_half_maven_and_the_next_call_works() throws Exception {
        CountDownLatch halfIsSent = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        answer = (exchange, content) -> {
            sendHalf(exchange, content);
            halfIsSent.countDown();
            await(killed);
        };
        Call call = start(project, "-v");
        assertTrue(halfIsSent.await(TIMEOUT_SECONDS, TimeUnit.SECONDS), "no download was started");
        List<ProcessHandle> processes = Stream.concat(
                        Stream.of(call.process().toHandle()), call.process().descendants())
                .toList();
        for (ProcessHandle process : processes) {
            assertTrue(process.destroyForcibly(), "a process could not be killed");
        }
        for (ProcessHandle process : processes) {
            process.onExit().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        killed.countDown();
        assertEquals(List.of(), installed());

        answer = MavenWrapperTest::sendAll;
        assertWay(4, mvnw("-v"));
    }

    @Test
    void two_first_calls_at_the_same_time_both_work() throws Exception {
        CountDownLatch bothAsked = new CountDownLatch(2);
        answer = (exchange, content) -> {
            bothAsked.countDown();
            await(bothAsked);
            sendAll(exchange, content);
        };
        Call first = start(project, "first");
        Call second = start(project, "second");

        Result firstResult = first.finish();
        assertWay(4, firstResult);
        assertEquals("Apache Maven " + VERSION + "\nargument: first\n", firstResult.out());
        Result secondResult = second.finish();
        assertWay(4, secondResult);
        assertEquals("Apache Maven " + VERSION + "\nargument: second\n", secondResult.out());
        assertEquals(2, requests.size());
        assertOnlyTheInstalledMavenIsLeft();
    }

    @Test
    void an_old_java_is_refused_with_a_sentence() throws Exception {
        Path bin = Files.createDirectories(temp.resolve("old jdk/bin"));
        writeScript(bin.resolve("java"), "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        environment.put("JAVA_HOME", bin.getParent().toString());

        Result result = mvnw("-v");
        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains("is older than Java 17"), result.err());
        assertNothingIsInstalled();
    }

    @Test
    void a_java_of_the_path_is_enough() throws Exception {
        environment.remove("JAVA_HOME");
        putOnThePath("java", Path.of(System.getProperty("java.home"), "bin", "java"));
        assertWay(4, mvnw("-v"));
    }

    @Test
    void without_java_a_sentence_tells_what_is_needed() throws Exception {
        environment.remove("JAVA_HOME");
        Result result = mvnw("-v");
        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains("No Java found: install a JDK 17 or newer"), result.err());
    }

    private Result mvnw(String... arguments) throws IOException, InterruptedException {
        return start(project, arguments).finish();
    }

    private Call start(Path folder, String... arguments) throws IOException {
        calls++;
        Path out = temp.resolve("out-" + calls + ".txt");
        Path err = temp.resolve("err-" + calls + ".txt");
        List<String> command = new ArrayList<>();
        command.add(project.resolve("mvnw").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Call(builder.start(), out, err);
    }

    private static void assertWay(int way, Result result) {
        assertEquals(0, result.exitCode(), result.err());
        assertTrue(lastLineOf(result.err()).startsWith("mvnw: way " + way + ","), result.err());
    }

    private void assertWrongChecksum(Result result) throws IOException {
        assertNotEquals(0, result.exitCode());
        String message = lastLineOf(result.err());
        assertTrue(message.startsWith("mvnw: Wrong checksum, nothing was installed: "), message);
        assertTrue(message.endsWith("is " + sha512Of(zip) + ", but it must be " + WRONG_SHA512 + "."), message);
        assertEquals("", result.out());
        assertNothingIsInstalled();
    }

    private void assertNothingIsInstalled() throws IOException {
        assertEquals(List.of(), filesBelow(userHome));
    }

    private void assertOnlyTheInstalledMavenIsLeft() throws IOException {
        List<Path> homes = installed();
        assertEquals(1, homes.size(), () -> homes.toString());
        try (Stream<Path> siblings = Files.list(homes.get(0).getParent())) {
            assertEquals(homes, siblings.toList());
        }
    }

    /** The Maven homes that a next call would use. */
    private List<Path> installed() throws IOException {
        return filesBelow(userHome).stream()
                .filter(file -> file.endsWith("bin/mvn"))
                .map(file -> file.getParent().getParent())
                .filter(home -> home.getFileName().toString().startsWith("sha512-"))
                .toList();
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    /** An mvn that tells its version, fetches with the given script, and else tells its arguments. */
    private void putMvnOnThePath(String version, String fetch) throws IOException {
        Path zipFile = Files.write(temp.resolve("fetched.zip"), zip);
        writeScript(path.resolve("mvn"), """
                if [ "$*" = -v ]; then
                    printf '\\033[1mApache Maven %s (0123)\\033[m\\n'
                    exit 0
                fi
                for argument; do
                    case $argument in
                        -DoutputDirectory=*)
                            for each; do echo "$each"; done >'%s'
                            zip='%s'
                            folder=${argument#*=}
                            %s
                            exit 0
                            ;;
                    esac
                done
                echo "mvn %s runs: $*"
                """.formatted(version, temp.resolve("fetch.txt"), zipFile, fetch, version));
    }

    /** A script and not a link: JUnit warns of links that lead out of the folder that it deletes. */
    private void putOnThePath(String name, Path program) throws IOException {
        writeScript(path.resolve(name), "exec '" + program + "' \"$@\"\n");
    }

    private static void writeScript(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script);
        assertTrue(file.toFile().setExecutable(true), "not made executable");
    }

    private void pin(String url, String sha512) throws IOException {
        Files.writeString(
                project.resolve(".mvn/wrapper/maven-wrapper.properties"),
                "# a comment\ndistributionUrl=" + url + "\ndistributionSha512Sum=" + sha512 + "\n");
    }

    private String serverUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + ZIP_NAME;
    }

    private void copyTheWrapper() throws IOException {
        Path from = root().resolve(".mvn/wrapper");
        Path to = Files.createDirectories(project.resolve(".mvn/wrapper"));
        Files.copy(root().resolve("mvnw"), project.resolve("mvnw"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(from.resolve("FetchMaven.java"), to.resolve("FetchMaven.java"));
    }

    private static Path root() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }

    private static Path onThePath(String tool) {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv("PATH"))
                .map(folder -> Path.of(folder, tool).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(tool + " is not on the PATH"));
    }

    private static void sendAll(HttpExchange exchange, byte[] content) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
    }

    /** Promises everything and sends half: when the exchange is then closed, the download breaks off. */
    private static void sendHalf(HttpExchange exchange, byte[] content) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        OutputStream body = exchange.getResponseBody();
        body.write(content, 0, content.length / 2);
        body.flush();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("waited too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static byte[] zipOf(Map<String, String> contents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, String> content : contents.entrySet()) {
                out.putNextEntry(new ZipEntry(content.getKey()));
                out.write(content.getValue().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static String sha512Of(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String lastLineOf(String text) {
        List<String> lines = text.lines().toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
}
