package org.townsquare.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a request may take on this installation. */
@ConfigMapping(prefix = "townsquare.request")
interface RequestConfig {
    /** From the last byte of its headers to its answer; then it is refused with {@code deadline-exceeded}, and nothing of it is done. */
    @WithDefault("5s")
    Duration deadline();

    /** From the last byte of its headers to the last of its body; then it is refused with {@code request-timeout}; not before half a second after its deadline. */
    @WithDefault("10s")
    Duration body();

    /** How long an answer that has begun may stand still, as its reader takes nothing of it; then it ends unfinished. */
    @WithDefault("60s")
    Duration standstill();

    /** The deadline of a request that takes along all that is kept of somebody. */
    @WithDefault("60s")
    Duration exportDeadline();

    /** How many of those that show one instant a replica streams at a time, each by a connection of its own; one more is refused with {@code busy}. */
    @WithDefault("2")
    int exportsAtOnce();
}
