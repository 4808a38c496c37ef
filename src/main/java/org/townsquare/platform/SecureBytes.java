package org.townsquare.platform;

import java.security.SecureRandom;

/** Bits that nobody can guess. This class is initialised when a native executable runs, not when it is built: a seed in the image would be everybody's. */
public final class SecureBytes {
    private static final SecureRandom RANDOM = new SecureRandom();

    private SecureBytes() {}

    public static byte[] next(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
