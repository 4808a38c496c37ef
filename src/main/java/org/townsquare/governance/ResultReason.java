package org.townsquare.governance;

/** What a question came to. */
public enum ResultReason {
    /** It was cancelled: nothing follows from its counts. */
    CANCELLED,
    /** No ballot chooses anything. */
    NO_VOTES,
    /** Too few took part: the count is shown, and nobody wins. */
    QUORUM_NOT_MET,
    DECIDED
}
