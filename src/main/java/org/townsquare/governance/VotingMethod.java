package org.townsquare.governance;

/** What a ballot on a question says: one option, several, an order of them, or a score for each. */
public enum VotingMethod {
    SINGLE_CHOICE,
    APPROVAL,
    RANKED,
    SCORE
}
