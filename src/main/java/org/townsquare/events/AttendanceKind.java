package org.townsquare.events;

/** Whether it was known who the person is when they checked in. Stays when an account goes. */
public enum AttendanceKind {
    REGISTERED,
    ANONYMOUS,
    /** Let in by staff, with no account that anybody knows of. */
    WALK_IN
}
