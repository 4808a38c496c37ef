package org.townsquare.governance;

/** Where a question stands. */
public enum QuestionState {
    DRAFT,
    OPEN,
    CLOSED
}
