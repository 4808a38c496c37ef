package org.townsquare.events;

/** The request for a new code. */
record ReplaceCode() {}
