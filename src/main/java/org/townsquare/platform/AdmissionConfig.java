package org.townsquare.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many requests this replica takes at a time. */
@ConfigMapping(prefix = "townsquare.admission")
interface AdmissionConfig {
    /** Requests at work; one more is refused with {@code busy}. Lists, exports and pages have four fifths of them. */
    @WithDefault("200")
    int inFlight();

    /** Whether one user and one network of anonymous callers have only a share, while more than half of the places are taken. */
    @WithDefault("true")
    boolean fairness();
}
