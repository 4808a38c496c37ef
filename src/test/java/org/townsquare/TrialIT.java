package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.townsquare.town.Packaged;

/** The package for a trial, made by {@code -Pembedded}: it brings its own PostgreSQL, and loses neither data nor servers. */
@Tag("trial-package")
class TrialIT {
    @TempDir
    private Path folder;

    /** What a failed test left, so that the folder can be removed. */
    @AfterEach
    void end() throws Exception {
        if (Files.exists(pidFile())) {
            ProcessHandle server = server();
            server.destroyForcibly();
            server.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void data_survives_a_stop_and_the_server_does_not() throws Exception {
        ProcessHandle server;
        try (Packaged application = start()) {
            signUp(application, "ada@example.org");
            server = server();
            assertStopped(application);
        }
        assertEnds(server);
        assertFalse(Files.exists(pidFile()));
        try (Packaged application = start()) {
            signIn(application, "ada@example.org");
            assertNotEquals(server.pid(), server().pid());
            assertStopped(application);
        }
    }

    @Test
    void the_server_of_a_killed_application_is_found_and_then_stopped() throws Exception {
        ProcessHandle server;
        try (Packaged application = start()) {
            signUp(application, "ada@example.org");
            server = server();
            application.killed();
        }
        assertTrue(server.isAlive());
        try (Packaged application = start()) {
            signIn(application, "ada@example.org");
            assertEquals(server.pid(), server().pid());
            assertStopped(application);
        }
        assertEnds(server);
    }

    @Test
    void a_killed_server_comes_back_with_its_data() throws Exception {
        try (Packaged application = start()) {
            signUp(application, "ada@example.org");
            application.killed();
        }
        killServer();
        try (Packaged application = start()) {
            signIn(application, "ada@example.org");
            assertStopped(application);
        }
    }

    @Test
    void a_process_id_that_now_belongs_to_something_else_does_not_fool_it() throws Exception {
        try (Packaged application = start()) {
            signUp(application, "ada@example.org");
            application.killed();
        }
        List<String> lines = Files.readAllLines(pidFile());
        killServer();
        Process other = new ProcessBuilder("sleep", "600").start();
        try (Packaged application = startAs(other.pid(), lines)) {
            signIn(application, "ada@example.org");
            assertStopped(application);
            assertTrue(other.isAlive());
        } finally {
            other.destroy();
        }
    }

    @Test
    void two_applications_share_a_server_and_the_last_one_stops_it() throws Exception {
        try (Packaged first = start();
                Packaged second = start()) {
            ProcessHandle server = server();
            signUp(first, "ada@example.org");
            assertStopped(first);
            assertTrue(server.isAlive());
            signIn(second, "ada@example.org");
            assertStopped(second);
            assertEnds(server);
        }
    }

    @Test
    void a_forgotten_console_does_not_keep_the_server() throws Exception {
        try (Packaged application = start();
                var console = DriverManager.getConnection(url(), "postgres", "")) {
            ProcessHandle server = server();
            assertStopped(application);
            assertEnds(server);
            assertFalse(console.isValid(1));
        }
    }

    @Test
    void a_start_that_was_interrupted_before_there_was_a_cluster_is_made_good() throws Exception {
        Files.createFile(folder.resolve("postgresql-18.unfinished"));
        Files.createDirectories(folder.resolve("postgresql-18").resolve("base"));
        try (Packaged application = start()) {
            assertStopped(application);
        }
        assertFalse(Files.exists(folder.resolve("postgresql-18.unfinished")));
    }

    @Test
    void it_writes_durably_and_orders_alike_on_every_system() throws Exception {
        try (Packaged application = start()) {
            for (String setting : Set.of("fsync", "synchronous_commit", "full_page_writes"))
                assertEquals("on", value("show " + setting), setting);
            assertEquals("b", value("select datlocprovider from pg_database where datname = current_database()"));
            assertEquals("émile", value("select lower('ÉMILE')"));
            assertStopped(application);
        }
    }

    @Test
    void changes_are_taken_back_and_applied_again() throws Exception {
        try (Packaged application = start()) {
            assertStopped(application);
        }
        assertEquals("1 changes were taken back.", last(command("migrate", "--undo", "1")));
        assertTrue(command("migrate", "--status").out().contains("1 changes are pending:"));
        assertEquals(0, command("migrate").code());
        assertEquals("No changes are pending.", last(command("migrate", "--status")));
        assertFalse(Files.exists(pidFile()));
    }

    private Packaged start() throws IOException, InterruptedException {
        return Packaged.run(Map.of("TOWNSQUARE_DATA", folder.toString())).served();
    }

    private Packaged startAs(long pid, List<String> lines) throws IOException, InterruptedException {
        var file = new ArrayList<>(lines);
        file.set(0, String.valueOf(pid));
        Files.write(pidFile(), file);
        return start();
    }

    private Packaged.End command(String... arguments) throws IOException, InterruptedException {
        try (Packaged application = Packaged.run(Map.of("TOWNSQUARE_DATA", folder.toString()), arguments)) {
            return application.ended();
        }
    }

    private static String last(Packaged.End end) {
        List<String> lines = end.out().lines().toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    private static void assertStopped(Packaged application) throws IOException, InterruptedException {
        Packaged.End end = application.stopped();
        assertTrue(end.code() == 0 || end.code() == 143, "exit " + end.code());
        assertEquals("", end.err());
        assertFalse(end.out().contains("terminating connection"), end.out());
    }

    /** The system takes a moment to forget a process that has ended. */
    private static void assertEnds(ProcessHandle server) throws Exception {
        server.onExit().get(5, TimeUnit.SECONDS);
    }

    private Path pidFile() {
        return folder.resolve("postgresql-18").resolve("postmaster.pid");
    }

    private ProcessHandle server() throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile()).get(0)))
                .orElseThrow();
    }

    /** And waits for the processes of its own, which see that it has gone. */
    private void killServer() throws Exception {
        ProcessHandle server = server();
        List<ProcessHandle> children = server.children().toList();
        server.destroyForcibly();
        server.onExit().get(30, TimeUnit.SECONDS);
        for (ProcessHandle child : children) child.onExit().get(30, TimeUnit.SECONDS);
    }

    private String url() throws IOException {
        return "jdbc:postgresql://127.0.0.1:" + Files.readAllLines(pidFile()).get(3) + "/postgres";
    }

    private String value(String query) throws IOException, SQLException {
        try (var connection = DriverManager.getConnection(url(), "postgres", "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }

    private static void signUp(Packaged application, String email) {
        application
                .request()
                .contentType(ContentType.JSON)
                .body(Map.of("name", "Ada", "email", email, "password", "correct horse battery staple"))
                .post("/api/v1/sign-ups")
                .then()
                .statusCode(201);
    }

    private static void signIn(Packaged application, String email) {
        application
                .request()
                .contentType(ContentType.JSON)
                .body(Map.of("email", email, "password", "correct horse battery staple"))
                .post("/api/v1/sessions")
                .then()
                .statusCode(201);
    }
}
