package org.townsquare.events;

/** How a check-in came about: by the person's own hand, or by that of the event's staff. */
public enum CheckInSource {
    SELF,
    STAFF
}
