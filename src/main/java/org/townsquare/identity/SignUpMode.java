package org.townsquare.identity;

/** What sign-up tells. */
enum SignUpMode {
    /** The account is open at once; who signs up with an e-mail that has one is told. */
    OPEN,
    /** Every address is answered alike and gets a mail, so that nobody learns who has an account. */
    CONFIRM
}
