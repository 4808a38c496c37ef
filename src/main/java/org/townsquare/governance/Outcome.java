package org.townsquare.governance;

/** What a vote came to. */
public enum Outcome {
    PASSED,
    REJECTED
}
