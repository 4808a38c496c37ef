package org.townsquare.governance;

/** What the votes in favour are a share of: those for and against, all votes, or the whole electorate. */
public enum ThresholdBase {
    CAST,
    PRESENT,
    ELECTORATE
}
