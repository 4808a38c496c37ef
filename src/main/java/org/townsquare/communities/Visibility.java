package org.townsquare.communities;

/** Who sees the inside of a community: everyone, or its members alone. */
public enum Visibility {
    PUBLIC,
    PRIVATE
}
