package org.townsquare.governance;

/** When the council may close before the deadline: never, once every elector has voted, or at any time. */
public enum EarlyClose {
    NEVER,
    ALL_VOTED,
    BY_COUNCIL
}
