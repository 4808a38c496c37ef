package org.townsquare.governance;

/** The request to make a rule the default: nothing to say. */
record AdoptRule() {}
