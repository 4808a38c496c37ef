package org.townsquare.audit;

/** The {@code index}-th full subtree of 2^level leaves. A leaf is one of level 0. */
record Subtree(int level, long index) {
    long first() {
        return index << level;
    }

    /** The first leaf behind it. */
    long end() {
        return (index + 1) << level;
    }
}
