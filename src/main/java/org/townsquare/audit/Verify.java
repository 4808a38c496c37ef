package org.townsquare.audit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.eclipse.microprofile.config.Config;
import org.townsquare.platform.DatabaseSettings;
import org.townsquare.platform.Secrets;
import org.townsquare.platform.StartRefused;

/** The argument {@code verify}: says of a database whether it is sound, and else where it is not. */
public final class Verify {
    private Verify() {}

    /**
     * Prints each finding as a line of JSON when it is found, and a last line with the sum; on the way, beside the findings, how far it is.
     *
     * @return whether there is none
     */
    public static boolean run(DatabaseSettings database, boolean log, boolean invariants) {
        try (Connection db = database.connect()) {
            db.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            db.setReadOnly(true);
            db.setAutoCommit(false);
            long findings = 0;
            if (invariants)
                for (Finding broken : Invariants.broken(db)) {
                    System.out.println(broken.line());
                    findings++;
                }
            String sum = "";
            if (log) {
                Config config = DatabaseSettings.config();
                var report = new Verification(
                                db,
                                keys(config),
                                folders(config),
                                finding -> System.out.println(finding.line()),
                                new Progress())
                        .run();
                findings += report.findings();
                sum = "%d entries, signed up to %d, ".formatted(report.entries(), report.signed());
            }
            System.out.println(sum + (findings == 0 ? "all is as it was written." : findings + " findings."));
            return findings == 0;
        } catch (SQLException e) {
            throw new StartRefused("The database cannot be verified: " + e.getMessage(), e);
        }
    }

    /** Says every ten seconds how many entries are verified. */
    private static final class Progress implements LongConsumer {
        private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);

        private final long began = System.nanoTime();
        private long said = began;

        @Override
        public void accept(long entries) {
            long now = System.nanoTime();
            if (now - said < PAUSE) return;
            said = now;
            System.err.printf("%d entries verified in %d s%n", entries, TimeUnit.NANOSECONDS.toSeconds(now - began));
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
