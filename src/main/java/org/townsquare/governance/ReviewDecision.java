package org.townsquare.governance;

/** What the council does with a proposal: opens the vote, hands it back to its author, or ends it. */
public enum ReviewDecision {
    APPROVE,
    RETURN,
    REJECT
}
