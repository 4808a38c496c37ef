package org.townsquare.governance;

/** Which votes must reach the quorum's share of the electorate: none, all, those in favour, or all but those against. */
public enum QuorumKind {
    NONE,
    PARTICIPATION,
    AFFIRMATIVE,
    YES_PLUS_ABSTAIN
}
