package org.townsquare.governance;

/** What a vote says. */
public enum Choice {
    YES,
    NO,
    ABSTAIN
}
