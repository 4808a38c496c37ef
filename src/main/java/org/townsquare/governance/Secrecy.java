package org.townsquare.governance;

/** Who learns after the close who voted what. */
public enum Secrecy {
    PUBLIC,
    MEMBERS
}
