package org.townsquare.governance;

/** The request to hand a draft to the council: nothing to say. */
record SubmitProposal() {}
