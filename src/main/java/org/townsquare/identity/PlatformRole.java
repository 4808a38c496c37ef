package org.townsquare.identity;

/** What someone is on the whole installation. */
public enum PlatformRole {
    PLATFORM_ADMIN;

    /** For {@code @RolesAllowed}. */
    public static final String ADMIN = "PLATFORM_ADMIN";
}
