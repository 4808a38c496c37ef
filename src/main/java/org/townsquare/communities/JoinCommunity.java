package org.townsquare.communities;

/** The request to join: nothing to say yet. */
record JoinCommunity() {}
