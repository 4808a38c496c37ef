package org.townsquare.town;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;

/** A transaction of a test's own: the service waits in the middle of its work for what this has locked, until the gate is opened. */
public final class Gate implements AutoCloseable {
    private static final String WAITING =
            "select count(*) from pg_stat_activity a where a.datname = current_database() and ?::int = any (pg_blocking_pids(a.pid))";

    private static final String WAITING_BEHIND =
            "select count(*) from pg_stat_activity a, unnest(pg_blocking_pids(a.pid)) b where a.datname = current_database() and ?::int = any (pg_blocking_pids(b))";

    private final Connection connection;
    private final int id;

    private Gate(Connection connection, int id) {
        this.connection = connection;
        this.id = id;
    }

    /** Nobody writes into this table. */
    public static Gate onWritesTo(String table) throws SQLException {
        return on("lock table " + table + " in share mode");
    }

    /** What this statement locks is locked. */
    public static Gate on(String sql) throws SQLException {
        Connection connection = Database.connect();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement();
                var own = statement.executeQuery("select pg_backend_pid()")) {
            own.next();
            int id = own.getInt(1);
            statement.execute(sql);
            return new Gate(connection, id);
        }
    }

    /** Ends when somebody waits at it. */
    public Gate reached() {
        Eventually.holds(() -> assertTrue(Rows.count(WAITING, id) > 0, "nobody waits at the gate"));
        return this;
    }

    /** Ends when somebody waits for one who waits at it. */
    public Gate reachedBehind() {
        Eventually.holds(
                () -> assertTrue(Rows.count(WAITING_BEHIND, id) > 0, "nobody waits for the one who waits at the gate"));
        return this;
    }

    @Override
    public void close() throws SQLException {
        if (connection.isClosed()) return;
        connection.rollback();
        connection.close();
    }
}
