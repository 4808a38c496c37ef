package org.townsquare.identity;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import org.townsquare.platform.Digest;

/** A session token: {@code tss_} and 256 random bits in base64url. Only its SHA-256 is ever stored. */
record Token(String text) {
    private static final Pattern FORM = Pattern.compile("tss_[A-Za-z0-9_-]{1,100}");
    private static final SecureRandom RANDOM = new SecureRandom();

    static Token random() {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return new Token("tss_" + Digest.base64Url(bits));
    }

    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    byte[] hash() {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).bytes();
    }
}
