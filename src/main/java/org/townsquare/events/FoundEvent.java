package org.townsquare.events;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An event that a code leads to.
 *
 * @param community the name of its community
 */
@RegisterForReflection
record FoundEvent(Event event, String community) {}
