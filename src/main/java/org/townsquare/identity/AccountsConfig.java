package org.townsquare.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How accounts are looked after on this installation. */
@ConfigMapping(prefix = "townsquare.accounts")
interface AccountsConfig {
    /**
     * How often a replica looks for erasures whose time has come and for impersonations that have run out: a duration, or {@code off}. An impersonation
     * ends at its time whatever this says.
     */
    @WithDefault("1m")
    String duePoll();
}
