package org.townsquare.governance;

/** What a vote weighs: one each, or the largest weight among the voter's roles. */
public enum Weighting {
    EQUAL,
    BY_ROLE
}
