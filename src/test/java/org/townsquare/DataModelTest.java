package org.townsquare;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Document;

/** docs/data-model.md is what the catalogue of a migrated database says. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class DataModelTest {
    /** Ours: not Liquibase's own, not the monthly partitions. */
    private static final String OURS = """
            select c.oid, c.relname from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
              and c.relname not like 'databasechangelog%'
            order by c.relname""";

    private static final String COLUMNS = """
            select a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)
            from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where a.attrelid = ?::oid and a.attnum > 0 and not a.attisdropped order by a.attnum""";

    private static final String CONSTRAINTS = """
            select n.conname, pg_get_constraintdef(n.oid) from pg_constraint n
            where n.conrelid = ?::oid and n.contype <> 'n'
            order by position(n.contype::text in 'pufxc'), n.conname""";

    private static final String INDEXES = """
            select i.relname, pg_get_indexdef(x.indexrelid) from pg_index x join pg_class i on i.oid = x.indexrelid
            where x.indrelid = ?::oid and not exists (select 1 from pg_constraint n where n.conindid = x.indexrelid)
            order by i.relname""";

    private static final String TRIGGERS = """
            select t.tgname, pg_get_triggerdef(t.oid) from pg_trigger t
            where t.tgrelid = ?::oid and not t.tgisinternal order by t.tgname""";

    private static final String VIEWS = """
            select c.relname, pg_get_viewdef(c.oid, true) from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'v' order by c.relname""";

    private static final String REFERENCES = """
            select distinct f.relname, c.relname, n.conname from pg_constraint n
            join pg_class c on c.oid = n.conrelid join pg_class f on f.oid = n.confrelid
            where n.contype = 'f' and not c.relispartition and c.relnamespace = 'public'::regnamespace
            order by 1, 2, 3""";

    private static final Document DOCUMENT = new Document("data-model.md");

    @Test
    void the_diagram_is_that_of_the_foreign_keys() throws Exception {
        var out = new StringBuilder("```mermaid\nerDiagram\n");
        try (Connection db = Database.connect()) {
            for (List<String> reference : rows(db, REFERENCES))
                out.append("  %s ||--o{ %s : %s%n".formatted(reference.get(0), reference.get(1), reference.get(2)));
        }
        DOCUMENT.partEquals("diagram", out.append("```\n").toString());
    }

    @Test
    void the_tables_are_those_of_the_catalogue() throws Exception {
        var out = new StringBuilder();
        try (Connection db = Database.connect()) {
            for (List<String> table : rows(db, OURS)) {
                String oid = table.get(0);
                out.append("### ")
                        .append(table.get(1))
                        .append("\n\n| column | type | null | default |\n|---|---|---|---|\n");
                for (List<String> column : rows(db, COLUMNS, oid))
                    out.append("| %s | %s | %s | %s |%n"
                            .formatted(
                                    column.get(0),
                                    column.get(1),
                                    column.get(2).equals("t") ? "" : "yes",
                                    code(column.get(3))));
                out.append('\n');
                for (List<String> constraint : rows(db, CONSTRAINTS, oid)) item(out, constraint);
                for (List<String> index : rows(db, INDEXES, oid))
                    item(
                            out,
                            List.of(
                                    index.get(0),
                                    index.get(1).replaceAll(".* USING ", "USING ")
                                            + (index.get(1).contains("UNIQUE") ? " UNIQUE" : "")));
                for (List<String> trigger : rows(db, TRIGGERS, oid)) item(out, trigger);
                out.append('\n');
            }
            for (List<String> view : rows(db, VIEWS))
                out.append("### ")
                        .append(view.get(0))
                        .append(" (view)\n\n```sql\n")
                        .append(view.get(1))
                        .append("\n```\n\n");
        }
        DOCUMENT.partEquals("tables", out.toString());
    }

    private static void item(StringBuilder out, List<String> named) {
        out.append("- `")
                .append(named.get(0))
                .append("` ")
                .append(code(named.get(1)))
                .append('\n');
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text.replace("|", "\\|").replaceAll("\\s+", " ") + "`";
    }

    private static List<List<String>> rows(Connection db, String query, String... parameters) throws SQLException {
        try (var sql = db.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) sql.setString(i + 1, parameters[i]);
            var found = sql.executeQuery();
            var rows = new ArrayList<List<String>>();
            while (found.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    String value = found.getString(i);
                    row.add(value == null ? "" : value);
                }
                rows.add(row);
            }
            return rows;
        }
    }
}
