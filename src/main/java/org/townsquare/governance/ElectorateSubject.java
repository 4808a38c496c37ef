package org.townsquare.governance;

/** What an electorate votes on. */
public enum ElectorateSubject {
    PROPOSAL,
    QUESTION
}
