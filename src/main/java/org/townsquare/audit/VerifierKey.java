package org.townsquare.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.townsquare.platform.Digest;

/**
 * An Ed25519 key that signs notes, as C2SP signed-note writes it: {@code <name>+<hash>+<key>}.
 *
 * @param name whose key it is: the origin of the log
 * @param key the 32 bytes of the public key
 */
record VerifierKey(String name, Digest key) {
    /** The type of an Ed25519 key. */
    private static final byte ED25519 = 1;

    /** What stands before the 32 bytes in X.509. */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int HASH_BYTES = 4;

    VerifierKey {
        if (name.isEmpty() || name.contains("+") || name.chars().anyMatch(Character::isWhitespace))
            throw new IllegalArgumentException("no name of a key: " + name);
        if (key.bytes().length != 32) throw new IllegalArgumentException("no Ed25519 key");
    }

    /** Refuses what is none, or has the hash of another, with an IllegalArgumentException. */
    static VerifierKey parse(String line) {
        String[] parts = line.strip().split("\\+", 3);
        if (parts.length != 3) throw new IllegalArgumentException("no verifier key: " + line);
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != 33 || typed[0] != ED25519)
            throw new IllegalArgumentException("no Ed25519 verifier key: " + line);
        var parsed = new VerifierKey(parts[0], Digest.of(Arrays.copyOfRange(typed, 1, 33)));
        if (!parsed.line().equals(line.strip()))
            throw new IllegalArgumentException("the hash is not that of the key: " + line);
        return parsed;
    }

    String line() {
        return name + "+" + HexFormat.of().formatHex(hash()) + "+"
                + Base64.getEncoder().encodeToString(typed());
    }

    /** The first bytes of SHA-256 over name, LF, type and key; they stand before each signature. */
    byte[] hash() {
        byte[] begin = (name + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] typed = typed();
        byte[] all = Arrays.copyOf(begin, begin.length + typed.length);
        System.arraycopy(typed, 0, all, begin.length, typed.length);
        return Arrays.copyOf(Digest.sha256(all).bytes(), HASH_BYTES);
    }

    private byte[] typed() {
        byte[] typed = new byte[33];
        typed[0] = ED25519;
        System.arraycopy(key.bytes(), 0, typed, 1, 32);
        return typed;
    }

    /** Whether these bytes sign the text. */
    boolean verifies(String text, byte[] signature) {
        try {
            var verifying = Signature.getInstance("Ed25519");
            verifying.initVerify(publicKey());
            verifying.update(text.getBytes(StandardCharsets.UTF_8));
            return verifying.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // no signature at all, or a key that is no point of the curve
        }
    }

    private PublicKey publicKey() throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(X509, X509.length + 32);
        System.arraycopy(key.bytes(), 0, encoded, X509.length, 32);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }
}
