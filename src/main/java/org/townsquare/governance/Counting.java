package org.townsquare.governance;

/** How orders of options are counted: by instant run-off, or by comparing the options in pairs as Markus Schulze defined it. */
public enum Counting {
    IRV,
    SCHULZE
}
