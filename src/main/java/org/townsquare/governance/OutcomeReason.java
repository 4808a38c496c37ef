package org.townsquare.governance;

/** Why: of several that fit, the first one here is reported. */
public enum OutcomeReason {
    /** The author gave up a draft. */
    DISCARDED,
    /** The author took back what the council was reviewing. */
    WITHDRAWN,
    REVIEW_REJECTED,
    CANCELLED,
    NO_VOTES,
    QUORUM_NOT_MET,
    TIE,
    THRESHOLD_NOT_MET,
    THRESHOLD_MET
}
