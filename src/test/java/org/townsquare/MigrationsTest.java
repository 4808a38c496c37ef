package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.townsquare.platform.Change;
import org.townsquare.platform.Changes;

/** Every change of the schema, those of today and those to come, goes forward and back. */
class MigrationsTest {
    /** All that a change can make, one line a thing, without what Liquibase keeps for itself and without the order of columns in a table. */
    private static final String CATALOGUE =
            """
            with named as (
                select c.oid, c.relkind, c.relname, %s as relacl, c.relpersistence, c.relrowsecurity, c.relispartition, c.reloptions
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname !~ '^pg_|^information_schema$' and c.relname !~ '^databasechangelog')
            select concat_ws(' ', relkind, relname, relpersistence, relrowsecurity, relispartition, relacl, reloptions,
                   case when relkind in ('v', 'm') then pg_get_viewdef(oid) end, pg_get_expr((select relpartbound from pg_class p where p.oid = named.oid), oid)) from named
            union all
            select concat_ws(' ', 'column', relname, attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, nullif(attacl, '{}'), pg_get_expr(adbin, adrelid))
            from named join pg_attribute on attrelid = named.oid and attnum > 0 and not attisdropped left join pg_attrdef on adrelid = named.oid and adnum = attnum
            union all
            select concat_ws(' ', 'constraint', relname, conname, convalidated, pg_get_constraintdef(c.oid)) from named join pg_constraint c on conrelid = named.oid
            union all
            select concat_ws(' ', 'index', indisvalid, pg_get_indexdef(named.oid)) from named join pg_index on indexrelid = named.oid
            union all
            select concat_ws(' ', 'trigger', relname, tgenabled, pg_get_triggerdef(t.oid)) from named join pg_trigger t on tgrelid = named.oid where not tgisinternal
            union all
            select concat_ws(' ', 'policy', relname, polname, polcmd, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) from named join pg_policy on polrelid = named.oid
            union all
            select concat_ws(' ', 'function', %s, case when prokind = 'a' then p.oid::regprocedure::text else pg_get_functiondef(p.oid) end)
            from pg_proc p join pg_namespace n on n.oid = pronamespace
            where nspname !~ '^pg_|^information_schema$' and not exists (select from pg_depend where objid = p.oid and deptype = 'e')
            union all
            select concat_ws(' ', 'type', typtype, typname, (select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum where enumtypid = t.oid))
            from pg_type t join pg_namespace n on n.oid = typnamespace where nspname !~ '^pg_|^information_schema$' and typtype in ('e', 'd', 'r')
            union all
            select concat_ws(' ', 'schema', nspname, nspacl) from pg_namespace where nspname !~ '^pg_'
            union all
            select concat_ws(' ', 'extension', extname) from pg_extension
            union all
            select concat_ws(' ', 'role', rolname, rolsuper, rolcanlogin) from pg_roles where rolname !~ '^pg_'
            order by 1
            """.formatted(rights("c.relacl", "r", "c.relowner"), rights("proacl", "f", "proowner"));

    /** Who may do what to a thing. That nobody was ever given a right, and that all of them were taken away again, are one. */
    private static String rights(String granted, String type, String owner) {
        return "(select string_agg(right_::text, ' ' order by right_::text) from unnest(coalesce(%s, acldefault('%s', %s))) as right_)"
                .formatted(granted, type, owner);
    }

    private static EmbeddedPostgres postgres;
    private static int databases;

    private String database = "";

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database = "scratch" + databases++;
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + database);
        }
    }

    @Test
    void each_change_takes_back_what_it_did_and_no_more() throws Exception {
        List<Change> changes = Changes.released();
        var before = new ArrayList<String>();
        for (Change change : changes) {
            before.add(catalogue());
            forward(1);
            assertEquals(change, applied().get(before.size() - 1));
        }
        String whole = catalogue();
        for (int i = changes.size() - 1; i >= 0; i--) {
            back(1);
            assertEquals(before.get(i), catalogue(), "after the rollback of " + changes.get(i));
        }
        assertEquals(List.of(), applied());
        forward(changes.size());
        assertEquals(whole, catalogue());
    }

    @Test
    void all_changes_at_once_go_back_to_an_empty_database() throws Exception {
        String empty = catalogue();
        forward(Changes.released().size());
        assertFalse(catalogue().equals(empty));
        back(Changes.released().size());
        assertEquals(empty, catalogue());
    }

    @Test
    void the_list_of_released_changes_is_that_of_Liquibase() throws Exception {
        try (Connection connection = connect();
                Liquibase liquibase = Migrations.liquibase(connection)) {
            assertEquals(
                    liquibase.listUnrunChangeSets(new Contexts(), new LabelExpression()).stream()
                            .map(it -> new Change(it.getAuthor(), it.getId(), it.getFilePath()))
                            .toList(),
                    Changes.released());
        }
    }

    private void forward(int changes) throws Exception {
        try (Connection connection = connect();
                Liquibase liquibase = Migrations.liquibase(connection)) {
            liquibase.update(changes, new Contexts(), new LabelExpression());
        }
    }

    private void back(int changes) throws Exception {
        try (Connection connection = connect();
                Liquibase liquibase = Migrations.liquibase(connection)) {
            liquibase.rollback(changes, "", new Contexts(), new LabelExpression());
        }
    }

    private List<Change> applied() throws SQLException {
        var applied = new ArrayList<Change>();
        try (Connection connection = connect();
                var query = connection.createStatement();
                var rows = query.executeQuery(
                        "select author, id, filename from databasechangelog order by orderexecuted")) {
            while (rows.next()) applied.add(new Change(rows.getString(1), rows.getString(2), rows.getString(3)));
        }
        return applied;
    }

    private String catalogue() throws SQLException {
        try (Connection connection = connect();
                var query = connection.createStatement();
                var rows = query.executeQuery(CATALOGUE)) {
            var lines = new StringBuilder();
            while (rows.next()) lines.append(rows.getString(1)).append('\n');
            return lines.toString();
        }
    }

    private Connection connect() throws SQLException {
        return postgres.getDatabase("postgres", database).getConnection();
    }
}
