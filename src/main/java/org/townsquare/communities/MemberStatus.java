package org.townsquare.communities;

/** How someone stands in a community. NONE is a stranger's, and never stored. */
public enum MemberStatus {
    NONE,
    PENDING,
    ACTIVE,
    SUSPENDED,
    BANNED,
    LEFT
}
