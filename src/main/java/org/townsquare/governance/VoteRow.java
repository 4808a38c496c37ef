package org.townsquare.governance;

/** A vote with the name of its voter. */
record VoteRow(Vote vote, String name) {}
