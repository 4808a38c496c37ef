package org.townsquare.governance;

/** The request to give up a draft or take back a proposal: nothing to say. */
record WithdrawProposal() {}
