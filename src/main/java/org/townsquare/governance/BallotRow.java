package org.townsquare.governance;

/** A ballot with the name of whose it is. */
record BallotRow(Ballot ballot, String name) {}
