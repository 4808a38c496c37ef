package org.townsquare.governance;

/** Where a proposal stands. */
public enum ProposalStatus {
    DRAFT,
    UNDER_REVIEW,
    VOTING,
    PASSED,
    REJECTED,
    ARCHIVED
}
