package org.townsquare.events;

/**
 * An event that a code leads to.
 *
 * @param community the name of its community
 */
record FoundEvent(Event event, String community) {}
