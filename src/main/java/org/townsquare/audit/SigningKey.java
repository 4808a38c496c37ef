package org.townsquare.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.townsquare.platform.Digest;

/** The Ed25519 key of this installation's log. */
final class SigningKey {
    private final PrivateKey key;
    private final VerifierKey verifier;

    private SigningKey(PrivateKey key, VerifierKey verifier) {
        this.key = key;
        this.verifier = verifier;
    }

    /**
     * Refuses what is no Ed25519 key with an IllegalArgumentException.
     *
     * @param pkcs8 its PKCS#8 in base64
     */
    static SigningKey of(String origin, String pkcs8) {
        try {
            byte[] encoded = Base64.getDecoder().decode(pkcs8.strip());
            PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow();
            // the JDK derives no public key from a private one
            byte[] known =
                    new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
            return new SigningKey(key, new VerifierKey(origin, Digest.of(known)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no Ed25519 key in PKCS#8", e);
        }
    }

    /** What everybody knows of it. */
    VerifierKey verifier() {
        return verifier;
    }

    SignedNote sign(Checkpoint checkpoint) {
        try {
            var signing = Signature.getInstance("Ed25519");
            signing.initSign(key);
            signing.update(checkpoint.text().getBytes(StandardCharsets.UTF_8));
            return new SignedNote(checkpoint.text(), List.of(SignedNote.line(verifier, signing.sign())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key signs nothing", e);
        }
    }
}
