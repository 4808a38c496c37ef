package org.townsquare.events;

/** Whether the person was known when they checked in. Stays when an account goes. */
public enum AttendanceKind {
    REGISTERED,
    ANONYMOUS
}
