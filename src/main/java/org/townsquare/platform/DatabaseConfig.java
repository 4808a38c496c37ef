package org.townsquare.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the service expects of its database. */
@ConfigMapping(prefix = "townsquare.database")
interface DatabaseConfig {
    /** How long it may take to say that it is there, before it counts as away. */
    @WithDefault("1s")
    Duration answersWithin();

    /**
     * How many hot reads are under way before what comes is gathered for the next statement, and how many statements at most; the same of hot writes: see
     * decision 19. 0: one at a time, and what is alone goes as many do, too.
     */
    @WithDefault("2")
    int batchesAtOnce();

    /** How requests wait for a connection. */
    Waiting pool();

    /** The queue before the pool. */
    interface Waiting {
        /** How many may wait; one more is refused with {@code busy}. */
        @WithDefault("256")
        int queue();

        /** How long one waits, the opening of the connection included; then it is refused with {@code busy}. */
        @WithDefault("1s")
        Duration acquire();
    }
}
