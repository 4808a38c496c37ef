package org.townsquare.platform;

/** A mail that no further try would deliver: the address takes none. Names no address. */
public class MailRefused extends RuntimeException {
    MailRefused(String why) {
        super(why);
    }
}
