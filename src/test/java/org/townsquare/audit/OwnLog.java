package org.townsquare.audit;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A service with a database and a log of its own, that is sealed when a test says so. */
public class OwnLog implements QuarkusTestProfile {
    /** Where its checkpoints are published. */
    final Path sink;

    public OwnLog() {
        this(Path.of("target", "checkpoints"));
    }

    OwnLog(Path sink) {
        this.sink = sink;
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Files.createDirectories(sink);
            try (var old = Files.newDirectoryStream(sink)) {
                for (Path file : old) Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "townsquare.audit.sealing",
                "false",
                "townsquare.audit.checkpoint-every",
                "0s",
                "townsquare.audit.sinks",
                sink.toString());
    }
}
