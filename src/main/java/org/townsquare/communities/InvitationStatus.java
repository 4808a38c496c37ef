package org.townsquare.communities;

/** Where an invitation stands. */
enum InvitationStatus {
    OPEN,
    USED,
    EXPIRED,
    DECLINED,
    WITHDRAWN
}
