package org.townsquare.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The server that a {@code postmaster.pid} speaks of. The file outlives a server that was killed, and after a reboot its process id may belong to
 * anything, so a process counts only if it is a postgres, and the server only if it says itself that it works on this folder.
 */
record Postmaster(Path cluster, long pid, int port, boolean stopping) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Removes a file that belongs to no server, because PostgreSQL itself would take any living process of that id for one. */
    static Optional<Postmaster> on(Path cluster) throws IOException {
        Path file = cluster.resolve("postmaster.pid");
        Optional<Postmaster> named = read(cluster, file);
        if (named.filter(Postmaster::lives).isPresent()) return named;
        forget(cluster);
        return Optional.empty();
    }

    static void forget(Path cluster) throws IOException {
        Files.deleteIfExists(cluster.resolve("postmaster.pid"));
    }

    /** Lines: process id, folder, start time, port, folder of the socket, address, shared memory, status. */
    private static Optional<Postmaster> read(Path cluster, Path file) throws IOException {
        try {
            List<String> lines = Files.readAllLines(file);
            return Optional.of(new Postmaster(
                    cluster,
                    Long.parseLong(lines.get(0).strip()),
                    Integer.parseInt(lines.get(3).strip()),
                    lines.size() > 7 && lines.get(7).startsWith("stopping")));
        } catch (NoSuchFileException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    boolean lives() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(false);
    }

    /** Whether this server works on this folder; waits while it recovers, and refuses when that takes more than a minute. */
    boolean answers() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + (isNamed() ? PATIENCE.toNanos() : 0);
        while (lives()) {
            try (Connection connection = DatabaseSettings.embedded(port).connect();
                    var query = connection.createStatement();
                    var rows = query.executeQuery("show data_directory")) {
                return rows.next() && Files.isSameFile(Path.of(rows.getString(1)), cluster);
            } catch (SQLException e) {
                if (!isNamed()) return false;
                if (System.nanoTime() > deadline)
                    throw new StartRefused(
                            "Process %d holds the database in %s, but does not answer on port %d: stop it, then start again."
                                    .formatted(pid, cluster, port),
                            e);
            }
            pause();
        }
        return false;
    }

    /** A moment, or less when the server ends. */
    private void pause() throws InterruptedException {
        var process = ProcessHandle.of(pid);
        if (process.isEmpty()) return;
        try {
            process.get().onExit().get(100, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // it lives: ask again
            return;
        }
    }

    /** Whether the process was started for this folder; true where the system does not tell. */
    private boolean isNamed() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().arguments())
                .map(arguments -> List.of(arguments).contains(cluster.toString()))
                .orElse(true);
    }

    /**
     * Lets the server end when its last client has gone, so that the service can close its connections in peace, but after some seconds without them:
     * a forgotten console must not keep it. Runs in a shutdown hook: in dev mode no class of ours can be loaded there any more.
     */
    void stop(List<String> prefix) throws IOException, InterruptedException {
        Path control = control();
        if (!Files.exists(control)) ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        else if (!run(prefix, control, "smart", "5") && !run(prefix, control, "fast", "30"))
            throw new IOException("process " + pid + " does not end");
    }

    /** Beside the executable of the server, which wrote its own path into this file. */
    private Path control() throws IOException {
        String started = Files.readString(cluster.resolve("postmaster.opts"));
        int end = started.indexOf(" \"");
        return Path.of(end < 0 ? started.strip() : started.substring(0, end)).resolveSibling("pg_ctl");
    }

    private boolean run(List<String> prefix, Path control, String mode, String seconds)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(prefix);
        command.addAll(
                List.of(control.toString(), "-D", cluster.toString(), "stop", "-s", "-w", "-m", mode, "-t", seconds));
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
