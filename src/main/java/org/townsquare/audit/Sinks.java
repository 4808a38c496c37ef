package org.townsquare.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.List;

/** Where this installation publishes its checkpoints. */
@ApplicationScoped
class Sinks {
    private final List<Sink> all;

    Sinks(AuditConfig config) {
        all = config.sinks().orElse(List.of()).stream().map(Sinks::named).toList();
    }

    private static Sink named(String name) {
        return name.equals(LogLineSink.NAME) ? new LogLineSink() : new FolderSink(Path.of(name));
    }

    List<Sink> all() {
        return all;
    }
}
