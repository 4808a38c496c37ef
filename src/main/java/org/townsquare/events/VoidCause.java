package org.townsquare.events;

/** Why a check-in counts no more. */
public enum VoidCause {
    /** The person took it back. */
    SELF,
    /** The event's staff did: the person does not check in again by themselves. */
    STAFF,
    /** It was of somebody who had checked in under their name, too. */
    MERGED
}
