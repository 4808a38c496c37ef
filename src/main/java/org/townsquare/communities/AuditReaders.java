package org.townsquare.communities;

/** Who reads the public part of a community's log; COUNCIL and ADMIN always do. */
public enum AuditReaders {
    /** Everyone who sees the community. */
    PUBLIC,
    /** Its members, who read what is for members too. */
    MEMBERS,
    /** COUNCIL and ADMIN alone. */
    COUNCIL
}
