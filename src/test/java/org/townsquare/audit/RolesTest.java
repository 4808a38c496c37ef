package org.townsquare.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.townsquare.journal.JournalStream;
import org.townsquare.platform.Changes;
import org.townsquare.platform.Ids;

/** The roles of the database: who owns the schema, who serves, who reads. Each in a cluster that nobody else uses. */
class RolesTest {
    private EmbeddedPostgres postgres;

    @BeforeEach
    void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterEach
    void stop() throws IOException {
        postgres.close();
    }

    private Connection root() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    /** Somebody in this database, who is no superuser. */
    private Connection as(String role) throws SQLException {
        Connection connection = postgres.getDatabase("postgres", "town").getConnection();
        connection.createStatement().execute("set role " + role);
        return connection;
    }

    private void migratedBy(String role) throws Exception {
        try (Connection root = root()) {
            root.createStatement().execute("create database town owner " + role);
        }
        try (Connection connection = as(role);
                var liquibase = new Liquibase(
                        Changes.CHANGELOG,
                        new ClassLoaderResourceAccessor(),
                        DatabaseFactory.getInstance()
                                .findCorrectDatabaseImplementation(new JdbcConnection(connection)))) {
            Map.of("country", "none", "currency", "EUR", "locale", "en", "zone", "UTC")
                    .forEach((name, value) -> liquibase.getChangeLogParameters().set("market." + name, value));
            liquibase.update(new Contexts(), new LabelExpression());
        }
    }

    @CanIgnoreReturnValue
    private static UUID entry(Connection db) throws SQLException {
        UUID id = Ids.next();
        try (var sql = db.prepareStatement(
                "insert into journal_entry (id, stream, at, kind, subject_type, subject_id, credential, body) values (?, 1, clock_timestamp(), 'Noted', 'note', ?, 'SYSTEM', '{}')")) {
            sql.setObject(1, id);
            sql.setObject(2, id);
            sql.executeUpdate();
        }
        return id;
    }

    /** Of each thing that never changes, what would change it. */
    private static List<String> changes(Connection db) throws SQLException {
        var all = new ArrayList<String>();
        for (String table : List.of("journal_entry", partition(db), "log_leaf", "log_node")) {
            all.add("update " + table + " set " + (table.startsWith("log") ? "log = 2" : "kind = 'Other'"));
            all.add("delete from " + table);
            all.add("truncate " + table);
        }
        return all;
    }

    private static String partition(Connection db) throws SQLException {
        try (var rows =
                db.createStatement().executeQuery("select tableoid::regclass::text from journal_entry limit 1")) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }

    private static String refusal(Connection db, String sql) {
        return assertThrows(SQLException.class, () -> db.createStatement().execute(sql), sql)
                .getSQLState();
    }

    @Test
    void what_is_written_is_changed_neither_by_who_serves_nor_by_who_owns_it() throws Exception {
        try (Connection root = root()) {
            root.createStatement().execute("create role townsquare_owner; create role townsquare_app");
        }
        migratedBy("townsquare_owner");
        try (Connection app = as("townsquare_app");
                Connection owner = as("townsquare_owner")) {
            entry(app);
            app.createStatement()
                    .execute("insert into log_leaf values (1, 0, gen_random_uuid(), null, 0, sha256('')); "
                            + "insert into log_node values (1, 8, 0, sha256(''))");
            for (String change : changes(app)) {
                assertEquals("42501", refusal(app, change), "app: " + change);
                assertEquals("42501", refusal(owner, change), "owner: " + change);
            }
            for (String change : List.of(
                    "update log_checkpoint set root = sha256('')",
                    "delete from log_checkpoint",
                    "delete from log_head",
                    "update journal_stream set closed_at = now()",
                    "alter table journal_entry disable trigger all",
                    "drop table log_leaf",
                    "set session_replication_role = replica")) assertEquals("42501", refusal(app, change), change);
        }
    }

    @Test
    void who_serves_may_do_its_work_and_who_reads_reads() throws Exception {
        try (Connection root = root()) {
            root.createStatement()
                    .execute("create role townsquare_owner; create role townsquare_app; create role townsquare_read");
        }
        migratedBy("townsquare_owner");
        try (Connection app = as("townsquare_app");
                Connection read = as("townsquare_read");
                var work = app.createStatement()) {
            UUID id = entry(app);
            work.execute("select journal_keep()");
            work.execute("select * from log_head for update");
            work.execute("update log_head set size = 1");
            work.execute("insert into log_checkpoint values (1, 1, sha256(''), 'note', now())");
            work.execute("update log_checkpoint set published_at = now()");
            work.execute("insert into journal_text values ('" + id + "', 'reason', 'a', '\\x00')");
            work.execute("insert into journal_origin values ('" + id + "', '::1', null, '\\x00')");
            work.execute("delete from journal_text");
            work.execute("delete from journal_origin");
            work.execute("insert into follower (name) values ('f')");
            work.execute("update follower set stream = 1; delete from follower");
            work.execute("select count(*) from databasechangelog");
            try (var rows = read.createStatement().executeQuery("select count(*) from journal_entry")) {
                assertTrue(rows.next());
                assertEquals(1, rows.getInt(1));
            }
            assertEquals("42501", refusal(read, "insert into follower (name) values ('f')"));
            assertEquals("42501", refusal(read, "select journal_keep()"));
            assertEquals("42501", refusal(app, "create table own (id int)"));
        }
    }

    @Test
    void an_installation_whose_user_may_make_no_roles_is_migrated_and_gets_its_grants_when_they_come()
            throws Exception {
        try (Connection root = root()) {
            root.createStatement().execute("create role town");
        }
        migratedBy("town");
        try (Connection root = root();
                Connection town = as("town")) {
            assertFalse(roles(root).contains("townsquare_app"));
            entry(town);
            town.createStatement().execute("select journal_keep()");
            assertEquals("42501", refusal(town, "delete from journal_entry"));
            root.createStatement().execute("create role townsquare_app");
            town.createStatement().execute("create table later (id int)");
            town.createStatement().execute("select grant_to_roles()");
        }
        try (Connection app = as("townsquare_app")) {
            entry(app);
            app.createStatement().execute("insert into later values (1)");
            assertEquals("42501", refusal(app, "delete from journal_entry"));
        }
    }

    @Test
    void who_may_make_roles_makes_them_by_migrating() throws Exception {
        try (Connection root = root()) {
            root.createStatement().execute("create role town createrole");
            migratedBy("town");
            assertTrue(roles(root).containsAll(List.of("townsquare_owner", "townsquare_app", "townsquare_read")));
        }
    }

    private static List<String> roles(Connection db) throws SQLException {
        var found = new ArrayList<String>();
        try (var rows = db.createStatement().executeQuery("select rolname from pg_roles")) {
            while (rows.next()) found.add(rows.getString(1));
        }
        return found;
    }

    @Test
    void origins_older_than_90_days_are_dropped_by_the_month_and_coming_months_are_made() throws Exception {
        migratedBy("postgres");
        try (Connection db = as("postgres");
                var sql = db.createStatement()) {
            sql.execute("create table journal_origin_2020_01 partition of journal_origin for values from "
                    + "('016f5e66-e800-0000-0000-000000000000') to ('016ffe09-d800-0000-0000-000000000000')");
            sql.execute("create table journal_entry_2020_01 partition of journal_entry for values from "
                    + "('016f5e66-e800-0000-0000-000000000000') to ('016ffe09-d800-0000-0000-000000000000')");
            List<String> before = partitions(db, "journal_origin");
            sql.execute("select journal_keep()");
            var after = new ArrayList<>(before);
            assertTrue(after.remove("journal_origin_2020_01"));
            assertEquals(after, partitions(db, "journal_origin"));
            assertTrue(partitions(db, "journal_entry").contains("journal_entry_2020_01"));
            assertTrue(after.size() >= 5, after.toString());
        }
    }

    private static List<String> partitions(Connection db, String table) throws SQLException {
        var found = new ArrayList<String>();
        try (var rows = db.createStatement()
                .executeQuery("select inhrelid::regclass::text from pg_inherits where inhparent = '" + table
                        + "'::regclass order by 1")) {
            while (rows.next()) found.add(rows.getString(1));
        }
        return found;
    }

    @Test
    void a_dump_of_another_cluster_makes_the_stream_stale_until_the_next_is_opened() throws Exception {
        migratedBy("postgres");
        try (Connection db = as("postgres")) {
            entry(db);
            assertEquals(new JournalStream.Standing(1, false), JournalStream.Standing.in(db));
            assertEquals(1, JournalStream.openNext(db).number(), "nothing to open");
            UUID id = Ids.next();
            db.createStatement()
                    .execute(
                            "insert into journal_entry (id, stream, created_xid, at, kind, subject_type, subject_id, credential, body) values ('"
                                    + id + "', 1, '99999999', clock_timestamp(), 'Noted', 'note', '" + id
                                    + "', 'SYSTEM', '{}')");
            assertEquals(new JournalStream.Standing(1, true), JournalStream.Standing.in(db));
            assertEquals(new JournalStream.Standing(2, false), JournalStream.openNext(db));
            assertEquals(new JournalStream.Standing(2, false), JournalStream.openNext(db));
        }
    }
}
