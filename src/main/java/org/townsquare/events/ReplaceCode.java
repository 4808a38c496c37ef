package org.townsquare.events;

/** The request for a new code. */
public record ReplaceCode() {}
