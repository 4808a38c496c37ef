package org.townsquare.communities;

/** A request that has nothing to say beyond its path. */
record Nothing() {}
