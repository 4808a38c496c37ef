package org.townsquare.identity;

import java.time.Duration;

/** At most so many in so long; whole seconds. */
record Quota(int count, Duration window) {}
