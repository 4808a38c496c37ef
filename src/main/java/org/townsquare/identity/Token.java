package org.townsquare.identity;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.townsquare.platform.Digest;
import org.townsquare.platform.SecureBytes;

/** The secret of a session ({@code tss_}) or an API key ({@code tsk_}): 256 random bits in base64url. Only its SHA-256 is ever stored. */
record Token(String text) {
    private static final Pattern FORM = Pattern.compile("ts[sk]_[A-Za-z0-9_-]{1,100}");
    private static final String KEY = "tsk_";
    private static final int PREFIX = 8;

    static Token random() {
        return new Token("tss_" + bits());
    }

    static Token randomKey() {
        return new Token(KEY + bits());
    }

    private static String bits() {
        return Digest.base64Url(SecureBytes.next(32));
    }

    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    boolean isKey() {
        return text.startsWith(KEY);
    }

    /** What a key is known by in lists: the first eight characters after {@code tsk_}. */
    String prefix() {
        return text.substring(KEY.length(), KEY.length() + PREFIX);
    }

    byte[] hash() {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).bytes();
    }

    /** A secret is never printed. */
    @Override
    public String toString() {
        return "Token";
    }
}
