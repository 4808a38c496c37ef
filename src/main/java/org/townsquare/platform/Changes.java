package org.townsquare.platform;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The changes that this release brings, compared with those that a database has. Read without Liquibase, which in a native executable works only inside
 * Quarkus, and there too late: Hibernate has validated the schema by then.
 */
public final class Changes {
    public static final String CHANGELOG = "db/changelog/main.yaml";

    private static final Pattern INCLUDED = Pattern.compile("^\\s*-\\s*include:.*?file:\\s*[\"']?([^\\s\"'},]+)");
    private static final Pattern CHANGE = Pattern.compile("^--\\s*changeset\\s+([^\\s:]+):(\\S+)");
    private static final String UNDEFINED_TABLE = "42P01";

    private Changes() {}

    /** In the order in which they are applied. */
    public static List<Change> released() {
        var changes = new ArrayList<Change>();
        for (String file :
                found(INCLUDED, CHANGELOG, 1).stream().map(it -> it[0]).toList())
            for (String[] change : found(CHANGE, file, 2)) changes.add(new Change(change[0], change[1], file));
        return List.copyOf(changes);
    }

    /** What the database lacks. Changes that it has beyond these belong to a later release and do not matter. */
    public static List<Change> missingIn(DatabaseSettings database) {
        try (Connection connection = database.connect()) {
            Set<Change> applied = appliedIn(connection);
            return released().stream().filter(it -> !applied.contains(it)).toList();
        } catch (SQLException e) {
            throw new StartRefused(
                    "The database %s cannot be used: %s."
                            .formatted(
                                    database.place(),
                                    String.valueOf(e.getMessage())
                                            .replaceAll("\\s+", " ")
                                            .replaceFirst("\\.( .*)?$", "")),
                    e);
        }
    }

    private static Set<Change> appliedIn(Connection connection) throws SQLException {
        var applied = new HashSet<Change>();
        try (var query = connection.createStatement();
                var rows = query.executeQuery("select author, id, filename from databasechangelog")) {
            while (rows.next()) applied.add(new Change(rows.getString(1), rows.getString(2), rows.getString(3)));
        } catch (SQLException e) {
            if (!UNDEFINED_TABLE.equals(e.getSQLState())) throw e;
        }
        return applied;
    }

    private static List<String[]> found(Pattern pattern, String file, int groups) {
        try (InputStream in = Changes.class.getClassLoader().getResourceAsStream(file)) {
            if (in == null) throw new FileNotFoundException(file);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(pattern::matcher)
                    .filter(it -> it.find())
                    .map(it -> {
                        var values = new String[groups];
                        for (int i = 0; i < groups; i++) values[i] = it.group(i + 1);
                        return values;
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
