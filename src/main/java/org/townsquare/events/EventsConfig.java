package org.townsquare.events;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How communities gather on this installation. */
@ConfigMapping(prefix = "townsquare.events")
interface EventsConfig {
    /** How often a replica looks for events whose closing time is past, to mark them as closed: a duration such as {@code 10s}, or {@code off}. */
    @WithDefault("10s")
    String closingPoll();

    /** How many check-ins a replica takes at one event in a second, repeats and refusals included; 0 for no limit. */
    @WithDefault("5000")
    int checkInsPerSecond();

    /** How many new check-ins one person, or one anonymous device, may make at a replica in a minute; 0 for no limit. */
    @WithDefault("30")
    int newCheckInsPerMinute();
}
