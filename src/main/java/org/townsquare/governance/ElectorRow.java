package org.townsquare.governance;

/** An elector with the name. */
record ElectorRow(Elector elector, String name) {}
