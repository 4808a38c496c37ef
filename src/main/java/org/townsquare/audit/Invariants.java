package org.townsquare.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The views {@code invariant_*}: each shows what breaks a promise, and must be empty. */
final class Invariants {
    private Invariants() {}

    static List<Finding> broken(Connection db) throws SQLException {
        var found = new ArrayList<Finding>();
        for (String view : views(db))
            try (var query = db.createStatement();
                    var rows = query.executeQuery("select x::text from \"" + view + "\" as x limit 100")) {
                while (rows.next())
                    found.add(new Finding(Finding.Kind.INVARIANT_BROKEN, null, null, view + " " + rows.getString(1)));
            }
        return found;
    }

    private static List<String> views(Connection db) throws SQLException {
        var found = new ArrayList<String>();
        try (var query = db.createStatement();
                var rows = query.executeQuery(
                        "select viewname from pg_views where schemaname = 'public' and viewname like 'invariant\\_%' order by 1")) {
            while (rows.next()) found.add(rows.getString(1));
        }
        return found;
    }
}
