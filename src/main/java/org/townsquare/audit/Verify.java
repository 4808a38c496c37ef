package org.townsquare.audit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.townsquare.platform.DatabaseSettings;
import org.townsquare.platform.Secrets;
import org.townsquare.platform.StartRefused;

/** The argument {@code verify}: says of a database whether it is sound, and else where it is not. */
public final class Verify {
    private Verify() {}

    /**
     * Prints each finding as a line of JSON, and a last line with the sum.
     *
     * @return whether there is none
     */
    public static boolean run(DatabaseSettings database, boolean log, boolean invariants) {
        try (Connection db = database.connect()) {
            db.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            db.setReadOnly(true);
            db.setAutoCommit(false);
            var findings = new ArrayList<Finding>();
            if (invariants) findings.addAll(Invariants.broken(db));
            String sum = "";
            if (log) {
                Config config = DatabaseSettings.config();
                var report = new Verification(db, keys(config), folders(config)).run();
                findings.addAll(report.findings());
                sum = "%d entries, signed up to %d, ".formatted(report.entries(), report.signed());
            }
            findings.forEach(finding -> System.out.println(finding.line()));
            System.out.println(
                    sum + (findings.isEmpty() ? "all is as it was written." : findings.size() + " findings."));
            return findings.isEmpty();
        } catch (SQLException e) {
            throw new StartRefused("The database cannot be verified: " + e.getMessage(), e);
        }
    }

    private static LogKeys keys(Config config) {
        var keys = new LogKeys(
                config.getOptionalValue("townsquare.audit.origin", String.class),
                config.getOptionalValue(Secrets.SIGNING_KEY, String.class),
                list(config, "townsquare.audit.former-keys"));
        if (config.getOptionalValue("townsquare.audit.origin", String.class).isEmpty()
                || keys.known().isEmpty())
            throw new StartRefused(
                    "To verify the log takes its name and its key: set TOWNSQUARE_AUDIT_ORIGIN, and TOWNSQUARE_AUDIT_SIGNING_KEY or TOWNSQUARE_AUDIT_FORMER_KEYS.");
        return keys;
    }

    private static List<FolderSink> folders(Config config) {
        return list(config, "townsquare.audit.sinks").stream()
                .filter(it -> !it.equals(LogLineSink.NAME))
                .map(it -> new FolderSink(Path.of(it)))
                .toList();
    }

    private static List<String> list(Config config, String key) {
        Optional<String[]> found = config.getOptionalValue(key, String[].class);
        return found.map(Arrays::asList).orElse(List.of());
    }
}
