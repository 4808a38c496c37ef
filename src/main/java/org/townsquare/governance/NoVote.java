package org.townsquare.governance;

/** Why somebody may not vote: of several that fit, the first one here is told. */
public enum NoVote {
    /** Not a member, or not yet, or not any more. */
    NOT_A_MEMBER,
    JOINED_AFTER_OPENING,
    /** Suspended when the vote opened. */
    NOT_ACTIVE,
    ROLE_NOT_ENTITLED,
    TENURE_TOO_SHORT,
    ATTENDANCE_MISSING
}
