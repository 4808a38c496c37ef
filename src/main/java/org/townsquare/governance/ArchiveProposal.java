package org.townsquare.governance;

/** The request to put a decided proposal away: nothing to say. */
record ArchiveProposal() {}
