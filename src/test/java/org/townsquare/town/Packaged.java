package org.townsquare.town;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged application as a process of its own, as an operator runs it. */
public final class Packaged implements AutoCloseable {
    /** Whether the package is a native image rather than a jar. */
    public static final boolean NATIVE = Boolean.getBoolean("townsquare.native");

    /** Whether it is the package for a trial, which answers everything on one port. */
    private static final boolean TRIAL = Boolean.getBoolean("townsquare.trial-package");

    public static final Path APPLICATION = Path.of("target", "quarkus-app");

    /** The Java that runs it, which may be another than ours. */
    public static final String JAVA = Path.of(
                    System.getProperty("townsquare.java", System.getProperty("java.home")), "bin", "java")
            .toString();

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final int port;
    private final int management;
    private final Path out;
    private final Path err;

    private Packaged(Process process, int port, int management, Path out, Path err) {
        this.process = process;
        this.port = port;
        this.management = management;
        this.out = out;
        this.err = err;
    }

    /** What a process left behind. */
    public record End(int code, String out, String err) {}

    /** With nothing from this environment that would configure it, on a free port. */
    public static Packaged run(Map<String, String> environment, String... arguments) throws IOException {
        return on(freePort(), environment, arguments);
    }

    /** The same on this port, so that clients find it again. */
    public static Packaged on(int port, Map<String, String> environment, String... arguments) throws IOException {
        return by(command(), Path.of(""), port, environment, arguments);
    }

    /** By another command, started in this folder. */
    public static Packaged by(
            List<String> start, Path folder, int port, Map<String, String> environment, String... arguments)
            throws IOException {
        int management = TRIAL ? port : freePort();
        Path out = Files.createTempFile("townsquare", ".out");
        Path err = Files.createTempFile("townsquare", ".err");
        var command = new ArrayList<>(start);
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(it -> it.startsWith("QUARKUS_") || it.startsWith("TOWNSQUARE_"));
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", String.valueOf(management));
        builder.environment().put("QUARKUS_SHUTDOWN_DELAY", "0S");
        // an embedded server has no certificate
        builder.environment().put("QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE", "disable");
        builder.environment().put("TOWNSQUARE_IDENTITY_PEPPER", Tokens.PEPPER);
        builder.environment().put("TOWNSQUARE_AUDIT_SIGNING_KEY", Tokens.SIGNING_KEY);
        builder.environment().put("TOWNSQUARE_AUDIT_ORIGIN", "town.example/log");
        builder.environment().put("TOWNSQUARE_AUDIT_SINKS", "log");
        builder.environment().put("TOWNSQUARE_PUBLIC_URL", "https://town.example");
        builder.environment().put("QUARKUS_MAILER_MOCK", "true");
        builder.environment().putAll(environment);
        return new Packaged(builder.start(), port, management, out, err);
    }

    private static List<String> command() {
        return NATIVE
                ? List.of(System.getProperty("native.image.path"))
                : List.of(JAVA, "-jar", APPLICATION.resolve("quarkus-run.jar").toString());
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Names of the libraries in the jar's package. */
    public static List<String> libraries() throws IOException {
        try (var files = Files.list(APPLICATION.resolve("lib").resolve("main"))) {
            return files.map(it -> it.getFileName().toString()).toList();
        }
    }

    /** Waits until it says that it is healthy. */
    public Packaged served() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (status() != 200) {
            if (!process.isAlive() || System.nanoTime() > deadline)
                throw new AssertionError("does not serve: " + Files.readString(out) + Files.readString(err));
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        return this;
    }

    private int status() {
        try {
            return management().get("/q/health").statusCode();
        } catch (Exception e) {
            // REST Assured throws the checked exception undeclared.
            if (e instanceof ConnectException) return 0;
            throw e;
        }
    }

    public long pid() {
        return process.pid();
    }

    public RequestSpecification request() {
        return RestAssured.given().baseUri("http://localhost").port(port);
    }

    /** What only operators reach: health and metrics. */
    public RequestSpecification management() {
        return RestAssured.given().baseUri("http://localhost").port(management);
    }

    /** Whether it says that it takes requests. */
    public boolean isReady() {
        try {
            return management().get("/q/health/ready").statusCode() == 200;
        } catch (Exception e) {
            // REST Assured throws the checked exception undeclared
            if (e instanceof IOException) return false;
            throw e;
        }
    }

    public String url() {
        return "http://localhost:" + port;
    }

    /** What it has logged so far. */
    public String log() throws IOException {
        return Files.readString(out) + Files.readString(err);
    }

    /** Waits until it ends by itself. */
    public End ended() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("does not end: " + Files.readString(out) + Files.readString(err));
        }
        return new End(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** SIGTERM. */
    public End stopped() throws IOException, InterruptedException {
        process.destroy();
        return ended();
    }

    /** SIGKILL. */
    public End killed() throws IOException, InterruptedException {
        process.destroyForcibly();
        return ended();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
