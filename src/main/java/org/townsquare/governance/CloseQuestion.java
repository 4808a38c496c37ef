package org.townsquare.governance;

/** The request to close a question: nothing to say. */
record CloseQuestion() {}
