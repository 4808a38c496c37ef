package org.townsquare.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What this replica knows of its log: whether it may be sealed, and else why not. */
@ApplicationScoped
class LogState {
    private static final Logger LOG = Logger.getLogger(LogState.class);

    private volatile @Nullable LogAlarm alarm;
    private volatile long seen;

    @Nullable
    LogAlarm alarm() {
        return alarm;
    }

    /** Told once for each change. */
    void raise(LogAlarm raised, String why) {
        if (raised != alarm) LOG.errorf("%s: %s; nothing is sealed until that is put right", raised.code(), why);
        alarm = raised;
    }

    void clear() {
        if (alarm != null)
            LOG.infof(
                    "the log is sealed again: %s is over",
                    Objects.requireNonNull(alarm).code());
        alarm = null;
    }

    /** The largest checkpoint of which this replica knows. */
    long seen() {
        return seen;
    }

    void sees(long size) {
        seen = Math.max(seen, size);
    }
}
