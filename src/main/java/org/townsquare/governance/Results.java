package org.townsquare.governance;

/** When the counts are shown: from the opening on, or only after the close. */
public enum Results {
    LIVE,
    AFTER_CLOSE
}
