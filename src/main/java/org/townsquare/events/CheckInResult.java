package org.townsquare.events;

/** Whether this request made the attendance or found it. */
public enum CheckInResult {
    CHECKED_IN,
    ALREADY_CHECKED_IN
}
