package org.townsquare.identity;

/** A part of a profile. */
enum ProfileField {
    NAME,
    BIO,
    AVATAR_URL,
    LOCALE,
    TIME_ZONE
}
