package org.townsquare.identity;

/** Whether an account may be used. */
public enum UserStatus {
    ACTIVE,
    DISABLED,
    ERASED
}
