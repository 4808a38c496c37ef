package org.townsquare.town;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** A PostgreSQL that writes durably, can be killed, and comes back on the same port with what it had written. */
public final class DurableDatabase implements AutoCloseable {
    private final Path cluster;
    private final Path log;
    private final EmbeddedPostgres first;

    /** Who serves, with no more rights than that takes; and who owns the schema and migrates it. */
    private static final String SERVES = "townsquare_app";

    private static final String OWNS = "townsquare_owner";

    private DurableDatabase(Path cluster, Path log, EmbeddedPostgres first) {
        this.cluster = cluster;
        this.log = log;
        this.first = first;
    }

    /** A new one in this folder. */
    public static DurableDatabase start(Path folder) throws IOException {
        Path cluster = folder.resolve("cluster");
        Path log = folder.resolve("postgresql.log");
        ProcessBuilder.Redirect to = ProcessBuilder.Redirect.appendTo(log.toFile());
        EmbeddedPostgres first = EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setOutputRedirector(to)
                .setErrorRedirector(to)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .start();
        var database = new DurableDatabase(cluster, log, first);
        database.run("create role townsquare_owner login");
        database.run("create role townsquare_app login");
        database.run("create role townsquare_read login");
        database.run("alter database postgres owner to " + OWNS);
        return database;
    }

    private void run(String sql) throws IOException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IOException(sql, e);
        }
    }

    /** Another database of the same server, owned by who migrates. */
    public void create(String name) throws IOException {
        run("create database " + name + " owner " + OWNS);
    }

    /** The schema as this release has it. */
    public DurableDatabase migrated() throws IOException, InterruptedException {
        try (Packaged migration = Packaged.run(owned(environment()), "migrate")) {
            Packaged.End end = migration.ended();
            Assertions.assertEquals(0, end.code(), end.out() + end.err());
        }
        return this;
    }

    /** The same settings for who owns the schema. */
    public static Map<String, String> owned(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("QUARKUS_DATASOURCE_USERNAME", OWNS);
        return all;
    }

    public int port() {
        return first.getPort();
    }

    /** What the packaged application takes as its database: the rights of who serves. */
    public Map<String, String> environment() {
        return environment("postgres", port());
    }

    /** The same for another database, or by way of another port. */
    public Map<String, String> environment(String name, int port) {
        String url = "postgresql://127.0.0.1:" + port + "/" + name;
        return Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                url,
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:" + url,
                "QUARKUS_DATASOURCE_USERNAME",
                SERVES,
                "QUARKUS_DATASOURCE_PASSWORD",
                "postgres");
    }

    public Connection connect() throws SQLException {
        return connect("postgres");
    }

    /** To another database of the same server. */
    public Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + first.getPort() + "/" + name, "postgres", "postgres");
    }

    /** SIGKILL of the postmaster and of every process that it has; returns when all of them are gone. */
    public void kill() throws Exception {
        ProcessHandle postmaster = postmaster();
        var all = new ArrayList<>(List.of(postmaster));
        all.addAll(postmaster.children().toList());
        for (ProcessHandle process : all) process.destroyForcibly();
        for (ProcessHandle process : all) process.onExit().get(30, TimeUnit.SECONDS);
    }

    /** Starts it again with the options that it had; it recovers from its log. */
    public void revive() throws Exception {
        // A process forked while its siblings were killed ends by itself a moment later; until then its memory is in
        // use.
        Eventually.holds(Duration.ofSeconds(30), "PostgreSQL comes back, see " + log, this::starts);
    }

    private boolean starts() throws IOException, InterruptedException {
        String command = Files.readString(cluster.resolve("postmaster.opts"));
        Path control = Path.of(command.substring(0, command.indexOf(" \""))).resolveSibling("pg_ctl");
        var arguments = new ArrayList<String>(LinuxUtils.isUnshareAvailable() ? List.of("unshare", "-U") : List.of());
        arguments.addAll(List.of(
                control.toString(), "-D", cluster.toString(), "-l", log.toString(), "-w", "-t", "30", "restart"));
        Process process = new ProcessBuilder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return Assertions.fail("pg_ctl does not end, see " + log);
        }
        return process.exitValue() == 0;
    }

    private ProcessHandle postmaster() throws IOException {
        String pid =
                Files.readAllLines(cluster.resolve("postmaster.pid")).get(0).strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    /** Stops the server that runs now. */
    @Override
    public void close() throws IOException {
        first.close();
    }
}
