package org.townsquare.events;

/** How a check-in came about: by the person's own hand. */
public enum CheckInSource {
    SELF
}
