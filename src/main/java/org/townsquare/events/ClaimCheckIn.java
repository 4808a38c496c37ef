package org.townsquare.events;

/** The request to take over an anonymous check-in: nothing but the call. */
public record ClaimCheckIn() {}
