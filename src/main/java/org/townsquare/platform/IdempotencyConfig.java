package org.townsquare.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The {@code Idempotency-Key} on this installation. */
@ConfigMapping(prefix = "townsquare.idempotency")
interface IdempotencyConfig {
    /** How long a first answer is given again. */
    @WithDefault("24h")
    Duration keep();

    /** How often a replica deletes what is older, or {@code off}. */
    @WithDefault("10m")
    String purgeEvery();
}
