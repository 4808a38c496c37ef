package org.townsquare.communities;

/** How one becomes a member: at once, by asking, or by an invitation. */
public enum JoinPolicy {
    OPEN,
    REQUEST,
    INVITE
}
