package org.townsquare.platform;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The changes that this release brings, compared with those that a database has. Read without Liquibase, which in a native executable works only inside
 * Quarkus: what is missing has to be said before that begins.
 */
public final class Changes {
    public static final String CHANGELOG = "db/changelog/main.yaml";

    private static final Pattern INCLUDED = Pattern.compile("\\s*-\\s*include:.*?file:\\s*[\"']?([^\\s\"'},]+)");
    private static final Pattern CHANGE = Pattern.compile("--\\s*changeset\\s+([^\\s:]+):(\\S+)");

    private Changes() {}

    /** In the order in which they are applied. */
    public static List<Change> released() {
        return found(INCLUDED, CHANGELOG)
                .map(it -> it.group(1))
                .flatMap(file -> found(CHANGE, file).map(it -> new Change(it.group(1), it.group(2), file)))
                .toList();
    }

    /** What the database lacks. Changes that it has beyond these belong to a later release and do not matter. */
    public static List<Change> missingIn(DatabaseSettings database) {
        return database.ask(Changes::missingIn);
    }

    /** The same, by a connection that is open. */
    public static List<Change> missingIn(Connection connection) throws SQLException {
        Set<Change> applied = appliedIn(connection);
        return released().stream().filter(it -> !applied.contains(it)).toList();
    }

    private static Set<Change> appliedIn(Connection connection) throws SQLException {
        var applied = new HashSet<Change>();
        try (var query = connection.createStatement()) {
            if (!yes(query, "select to_regclass('databasechangelog') is not null")) return applied;
            try (var rows = query.executeQuery("select author, id, filename from databasechangelog")) {
                while (rows.next()) applied.add(new Change(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        }
        return applied;
    }

    private static boolean yes(Statement query, String question) throws SQLException {
        try (var answer = query.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    private static Stream<MatchResult> found(Pattern pattern, String file) {
        try (InputStream in = Changes.class.getClassLoader().getResourceAsStream(file)) {
            if (in == null) throw new FileNotFoundException(file);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(pattern::matcher)
                    .filter(Matcher::lookingAt)
                    .map(Matcher::toMatchResult);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
