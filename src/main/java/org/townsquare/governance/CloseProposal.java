package org.townsquare.governance;

/** The request to close a vote: nothing to say. */
record CloseProposal() {}
