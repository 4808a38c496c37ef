package org.townsquare.audit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.townsquare.platform.DatabaseSettings;
import org.townsquare.platform.StartRefused;
import org.townsquare.platform.Trial;

/** What production needs to be told of its log, asked before Quarkus starts. */
public final class LogSettings {
    private static final String ORIGIN = "townsquare.audit.origin";
    private static final String SINKS = "townsquare.audit.sinks";

    private LogSettings() {}

    /** Refuses to start without an origin, and without a place where checkpoints are published. In dev and trial both have a default. */
    public static void require() {
        Config config = DatabaseSettings.config();
        Optional<String> origin = config.getOptionalValue(ORIGIN, String.class);
        if (origin.isPresent() && !isName(origin.get())) throw noOrigin();
        Optional<String[]> sinks = config.getOptionalValue(SINKS, String[].class);
        if (sinks.isPresent())
            for (String sink : sinks.get())
                if (!sink.equals(LogLineSink.NAME) && !Files.isDirectory(Path.of(sink)))
                    throw new StartRefused(
                            "Townsquare cannot publish checkpoints: TOWNSQUARE_AUDIT_SINKS names %s, which is no folder."
                                    .formatted(sink));
        if (Trial.isOne()) {
            if (origin.isEmpty()) System.setProperty(ORIGIN, "townsquare.localhost/log");
            if (sinks.isEmpty()) System.setProperty(SINKS, LogLineSink.NAME);
            return;
        }
        if (origin.isEmpty()) throw noOrigin();
        if (sinks.isEmpty() || sinks.get().length == 0)
            throw new StartRefused(
                    "Townsquare needs a place for the checkpoints of its log: set TOWNSQUARE_AUDIT_SINKS to a folder that who runs the database cannot write, or to log where the log lines are collected elsewhere.");
    }

    /** As a key may be named: no space, no plus. */
    private static boolean isName(String origin) {
        return origin.matches("[^\\s+]{1,200}");
    }

    private static StartRefused noOrigin() {
        return new StartRefused(
                "Townsquare needs a name for its log: set TOWNSQUARE_AUDIT_ORIGIN to one that never changes, such as town.example/log, without spaces and plus signs.");
    }
}
