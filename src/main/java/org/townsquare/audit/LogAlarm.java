package org.townsquare.audit;

import java.util.Locale;

/** Why nothing is sealed and signed. The service goes on. */
enum LogAlarm {
    /** A checkpoint was published that is larger than the log: the database was restored to before it. */
    LOG_BEHIND_ITS_CHECKPOINT,
    /** The log is not a continuation of what was published, or its nodes are not those of its leaves. */
    LOG_INCONSISTENT,
    /** A place where checkpoints are published cannot be read or written. */
    SINK_UNAVAILABLE;

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
