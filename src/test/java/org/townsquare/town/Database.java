package org.townsquare.town;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One PostgreSQL for the test run, with a fresh database for each application, and a mail server beside it. */
public class Database implements QuarkusTestResourceLifecycleManager {
    private static final ThreadLocal<Kept> KEPT = new ThreadLocal<>();
    private static volatile String url = "";
    private EmbeddedPostgres server;

    @Override
    public Map<String, String> start() {
        try {
            server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "100")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String at = "postgresql://127.0.0.1:" + server.getPort() + "/postgres";
        url = "jdbc:" + at;
        var settings = new HashMap<>(Mailbox.start());
        settings.putAll(Map.of(
                "quarkus.datasource.jdbc.url",
                "jdbc:" + at,
                "quarkus.datasource.reactive.url",
                at,
                "quarkus.datasource.username",
                "postgres",
                "quarkus.datasource.password",
                "postgres"));
        return settings;
    }

    /** A connection of a test's own, beside the service. */
    public static Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "postgres", "postgres");
    }

    /**
     * The one that this thread keeps, in no transaction, for a statement at a time: to open one takes longer than most statements. Another start of the
     * application has another database.
     */
    static Connection kept() throws SQLException {
        Kept kept = KEPT.get();
        if (kept == null || !kept.url().equals(url) || !kept.connection().isValid(5)) {
            if (kept != null) kept.connection().close();
            // prepared by the server, a statement would not outlive a change of its tables
            String plain = url + "?prepareThreshold=0";
            kept = new Kept(url, DriverManager.getConnection(plain, "postgres", "postgres"));
            KEPT.set(kept);
        }
        return kept.connection();
    }

    private record Kept(String url, Connection connection) {}

    /** Where it is: another one for each start of the application. */
    static String url() {
        return url;
    }

    /** Runs a statement beside the service. */
    public static int update(String sql, Object... parameters) {
        try (var statement = kept().prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) statement.setObject(i + 1, parameters[i]);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The first column of what a query finds, as texts. */
    public static List<String> texts(String sql, Object... parameters) {
        try (var statement = kept().prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) statement.setObject(i + 1, parameters[i]);
            var found = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void stop() {
        Mailbox.stop();
        try {
            if (server != null) server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
