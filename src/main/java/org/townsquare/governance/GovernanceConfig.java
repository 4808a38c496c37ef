package org.townsquare.governance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How communities decide on this installation. */
@ConfigMapping(prefix = "townsquare.governance")
interface GovernanceConfig {
    /** How often a replica looks for votes whose deadline has passed. Votes end at their deadline whatever this says. */
    @WithDefault("2s")
    Duration closeEvery();

    /** How many drafts a member may keep in one community. */
    @WithDefault("500")
    int draftsPerMember();
}
