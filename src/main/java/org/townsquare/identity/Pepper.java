package org.townsquare.identity;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Secrets;

/** What is derived from the secret of the installation, {@code townsquare.identity.pepper}. */
@Singleton
public class Pepper {
    private static final int ID_BYTES = 16;
    private static final int MAC_BYTES = 32;

    private final byte[] key;

    Pepper(@ConfigProperty(name = Secrets.PEPPER) String base64) {
        key = Secrets.parse(base64);
    }

    /** HMAC-SHA-256 of the values, each of which is told from the next. */
    public Digest hmac(String... values) {
        return Digest.hmac(key, String.join("\n", values));
    }

    /**
     * The single-use token of a row: base64url of its id and of the HMAC of its table and id. It is never stored, but derived again where it is
     * needed, so that neither a database nor a journal gives it away.
     */
    public String token(String table, UUID id) {
        byte[] bits = ByteBuffer.allocate(ID_BYTES + MAC_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(hmac(table, id.toString()).bytes())
                .array();
        return Digest.base64Url(bits);
    }

    /** The row that a token is for; empty when it is none of ours. Compared in constant time. */
    public Optional<UUID> rowOf(String table, String token) {
        byte[] bits;
        try {
            bits = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // whatever was typed
        }
        if (bits.length != ID_BYTES + MAC_BYTES) return Optional.empty();
        var buffer = ByteBuffer.wrap(bits);
        UUID id = new UUID(buffer.getLong(), buffer.getLong());
        byte[] mac = new byte[MAC_BYTES];
        buffer.get(mac);
        return MessageDigest.isEqual(mac, hmac(table, id.toString()).bytes()) ? Optional.of(id) : Optional.empty();
    }

    /** The six digits that prove a phone, of the same HMAC. */
    public String code(String table, UUID id) {
        long number =
                ByteBuffer.wrap(hmac(table, id.toString(), "code").bytes()).getLong() >>> 1;
        return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    }

    /** Whether it is the code of this row. Compared in constant time. */
    boolean isCode(String table, UUID id, String code) {
        return MessageDigest.isEqual(
                code(table, id).getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8));
    }

    /** The network of an address, which cannot be read back: the /24 of IPv4, the /48 of IPv6. */
    public Digest network(String ip) {
        return hmac("network", Network.of(ip));
    }
}
