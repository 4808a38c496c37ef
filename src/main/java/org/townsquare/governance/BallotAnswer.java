package org.townsquare.governance;

/**
 * The answer to a ballot.
 *
 * @param first whether the voter had none on the question
 */
record BallotAnswer(BallotView ballot, boolean first) {}
