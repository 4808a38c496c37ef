package org.townsquare.events;

/** The request to close check-in: nothing to say. */
public record CloseEvent() {}
