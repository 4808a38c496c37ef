package org.townsquare.identity;

/** What someone is in a community. Every member is a CITIZEN. */
public enum Role {
    CITIZEN,
    COUNCIL,
    ADMIN,
    ORGANIZER,
    BUSINESS,
    FINANCIAL,
    PARTNER
}
