package org.townsquare.governance;

/** Why: of several that fit, the first one here is reported. */
public enum OutcomeReason {
    REVIEW_REJECTED,
    NO_VOTES,
    QUORUM_NOT_MET,
    TIE,
    THRESHOLD_NOT_MET,
    THRESHOLD_MET
}
