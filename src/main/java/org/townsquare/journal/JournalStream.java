package org.townsquare.journal;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;

/**
 * The stream that this database cluster writes to. Transaction ids order entries within one cluster only, so a dump restored elsewhere opens the
 * next stream.
 */
@ApplicationScoped
class JournalStream {
    private final AgroalDataSource database;
    private volatile int number;

    JournalStream(AgroalDataSource database) {
        this.database = database;
    }

    /** Before anything is recorded. Also makes the partitions of the coming months. */
    void open(@Observes @Priority(10) StartupEvent start) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("select journal_partitions_ahead(3)");
            try (var rows = statement.executeQuery("select id from journal_stream where closed_at is null")) {
                if (!rows.next()) throw new IllegalStateException("the journal has no open stream");
                number = rows.getInt(1);
            }
        }
    }

    int number() {
        return number;
    }
}
