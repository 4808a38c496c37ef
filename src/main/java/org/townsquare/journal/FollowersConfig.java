package org.townsquare.journal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the followers of the journal run. */
@ConfigMapping(prefix = "townsquare.followers")
interface FollowersConfig {
    /** Whether this replica runs followers; one that serves requests only sets it to false. */
    @WithDefault("true")
    boolean enabled();

    /** Entries that a follower takes in one transaction. */
    @WithDefault("100")
    int batch();

    /** How often a follower that has nothing to do looks again; whole seconds. */
    @WithDefault("1s")
    Duration idlePoll();

    /** How often a failing entry is tried before it is set aside as dead. */
    @WithDefault("5")
    int tries();

    /** Before the second try; doubles from try to try. */
    @WithDefault("1s")
    Duration backoff();
}
