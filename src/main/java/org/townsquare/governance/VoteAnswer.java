package org.townsquare.governance;

/**
 * The answer to a vote.
 *
 * @param first whether it is the voter's first one on the proposal
 */
record VoteAnswer(VoteView vote, boolean first) {}
