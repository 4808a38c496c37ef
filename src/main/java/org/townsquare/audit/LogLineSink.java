package org.townsquare.audit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A line {@code checkpoint} in the log of the service, which is collected elsewhere: size, root, and the note in base64. */
final class LogLineSink implements Sink {
    static final String NAME = "log";

    private static final Logger LOG = Logger.getLogger("checkpoint");

    private volatile @Nullable String last;

    @Override
    public String name() {
        return NAME;
    }

    /** What this process has published. */
    @Override
    public @Nullable String last() {
        return last;
    }

    @Override
    public void publish(Checkpoint checkpoint, String note) {
        LOG.infof(
                "checkpoint %d %s %s",
                checkpoint.size(),
                checkpoint.root(),
                Base64.getEncoder().encodeToString(note.getBytes(StandardCharsets.UTF_8)));
        last = note;
    }
}
