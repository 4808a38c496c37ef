package org.townsquare.town;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Single-use tokens as the service derives them, by the pepper that it has in tests. */
public final class Tokens {
    /** As application.properties has it for the profile test. */
    static final String PEPPER = "dGVzdHMgb25seSwgMzIgYnl0ZXMgb2YgdGV4dCBoZXJlLg==";

    /** The same for the key that signs the log. */
    public static final String SIGNING_KEY = "MC4CAQAwBQYDK2VwBCIEIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g";

    private Tokens() {}

    /** The six digits for a phone. */
    public static String code(String table, UUID id) {
        long number = ByteBuffer.wrap(hmac(table + "\n" + id + "\ncode")).getLong() >>> 1;
        return String.format("%06d", number % 1_000_000);
    }

    public static String of(String table, UUID id) {
        byte[] hmac = hmac(table + "\n" + id);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(48)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .put(hmac)
                        .array());
    }

    private static byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(PEPPER), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
