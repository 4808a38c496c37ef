package org.townsquare.journal;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem;
import org.townsquare.platform.Statement;

/**
 * The stream that this database cluster writes to. Transaction ids order entries within one cluster only, so where a dump was restored whose ids are ahead
 * of the cluster's, new entries would come before old ones: the stream is stale, and the next one has to be opened.
 */
@ApplicationScoped
public class JournalStream {
    private static final Logger LOG = Logger.getLogger(JournalStream.class);
    private static final Statement STANDING = Statement.of(JournalStream.class, "stream.sql");

    /** As it stood before Quarkus began. Null where it was not begun then, as in tests. */
    private static volatile @Nullable Standing begun;

    private final AgroalDataSource database;
    private volatile Standing now = new Standing(0, false);

    JournalStream(AgroalDataSource database) {
        this.database = database;
    }

    /**
     * How the open stream stands.
     *
     * @param number of the open stream
     * @param stale whether it has entries with transaction ids that this cluster has not reached
     */
    public record Standing(int number, boolean stale) {
        /** As it is in this database. */
        public static Standing in(Connection connection) throws SQLException {
            try (var query = connection.createStatement();
                    var rows = query.executeQuery(STANDING.sql())) {
                if (!rows.next()) throw new IllegalStateException("the journal has no open stream");
                return new Standing(rows.getInt("id"), rows.getBoolean("stale"));
            }
        }

        /** The same, once there are partitions for the coming months. */
        static Standing kept(Connection connection) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute("select journal_keep()");
            }
            return in(connection);
        }
    }

    /** Before anything is recorded. */
    void open(@Observes @Priority(10) StartupEvent start) throws SQLException {
        Standing known = begun;
        if (known == null)
            try (var connection = database.getConnection()) {
                known = Standing.kept(connection);
            }
        now = known;
        if (now.stale())
            LOG.errorf(
                    "journal-stream-stale: stream %d has entries of another cluster; run open-stream before anybody writes",
                    now.number());
    }

    /** By the connection that there is before Quarkus begins. */
    public static void begin(Connection connection) throws SQLException {
        begun = Standing.kept(connection);
    }

    /** Why a replica does not start: entries of now would come before those of another cluster. Empty where all is well. */
    public static List<String> objections(Connection connection) throws SQLException {
        Standing standing = Standing.in(connection);
        return standing.stale()
                ? List.of(
                        "The journal stream %d has entries of another cluster (journal-stream-stale): run the same release with the argument open-stream first."
                                .formatted(standing.number()))
                : List.of();
    }

    /** A replica that waits for the next stream sees it when it is opened. */
    @Blocking
    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() throws SQLException {
        if (!now.stale()) return;
        try (var connection = database.getConnection()) {
            now = Standing.in(connection);
        }
    }

    /**
     * Opens the next stream where the open one is stale, and the number of the open one afterwards. For the argument {@code open-stream}, while no replica
     * writes.
     */
    public static Standing openNext(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("lock table journal_stream in exclusive mode");
            Standing standing = Standing.in(connection);
            if (standing.stale()) {
                statement.executeUpdate(
                        "update journal_stream set closed_at = clock_timestamp() where closed_at is null");
                statement.executeUpdate("insert into journal_stream (id) select max(id) + 1 from journal_stream");
            }
            connection.commit();
        }
        connection.setAutoCommit(true);
        return Standing.in(connection);
    }

    /** Whether what is recorded now would come before what is there. */
    public boolean isStale() {
        return now.stale();
    }

    /** That entries are recorded in. Problems: {@code journal-stream-stale}, also for the clock: what is recorded now would come before what is sealed. */
    int requireOpen() {
        if (isStale())
            throw new Problem.Busy(
                    "journal-stream-stale",
                    "The database was restored, and the journal is not open for new entries yet.");
        return number();
    }

    int number() {
        return now.number();
    }
}
