package org.townsquare.town;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** How many rows each table has, and the sum of their versions; without what followers and the sealer write in their own time. */
public record Tables(String query) {
    public static Tables of(Connection db) throws SQLException {
        var parts = new ArrayList<String>();
        try (var sql = db.createStatement()) {
            var found = sql.executeQuery("""
                    select c.relname, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'version')
                    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                      and not c.relispartition and c.relname not like 'databasechangelog%'
                      and c.relname not in ('follower', 'proposal_tally', 'throttle', 'log_head', 'log_leaf', 'log_node', 'log_checkpoint') order by 1""");
            while (found.next())
                parts.add("select '%s', count(*)%s from %s"
                        .formatted(
                                found.getString(1),
                                found.getBoolean(2) ? " || ' of ' || coalesce(sum(version), 0)" : "::text",
                                found.getString(1)));
        }
        return new Tables(String.join(" union all ", parts));
    }

    /** Whoever other tests had act as somebody else stops now: the end that the clock would write some minutes later is no change of the test that looks. */
    public static void endImpersonations(Connection db) throws SQLException {
        try (var sql = db.createStatement()) {
            sql.executeUpdate(
                    "update session set ended_at = clock_timestamp() where impersonated_by is not null and ended_at is null");
        }
    }

    public Map<String, String> read(Connection db) throws SQLException {
        var counts = new LinkedHashMap<String, String>();
        try (var sql = db.createStatement();
                var found = sql.executeQuery(query)) {
            while (found.next()) counts.put(found.getString(1), found.getString(2));
        }
        return counts;
    }

    /** By how much each table differs, without those that do not. */
    public static Map<String, List<Long>> change(Map<String, String> before, Map<String, String> after) {
        var changes = new TreeMap<String, List<Long>>();
        before.forEach((table, count) -> {
            List<Long> from = numbers(count);
            List<Long> to = numbers(after.getOrDefault(table, ""));
            List<Long> change = IntStream.range(0, from.size())
                    .mapToObj(i -> to.get(i) - from.get(i))
                    .toList();
            if (change.stream().anyMatch(it -> it != 0)) changes.put(table, change);
        });
        return changes;
    }

    private static List<Long> numbers(String counts) {
        return Pattern.compile(" of ").splitAsStream(counts).map(Long::valueOf).toList();
    }
}
