package org.townsquare.governance;

/** An own vote with the title of its proposal. */
record MyVoteRow(Vote vote, String title) {}
