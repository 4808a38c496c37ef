package org.townsquare.identity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** What an earlier release may have kept: weaker parameters. */
final class OldHash {
    private OldHash() {}

    static String of(String password) {
        byte[] salt = new byte[16];
        byte[] hash = new byte[32];
        var argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(8_192)
                .withIterations(1)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        argon2.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=8192,t=1,p=1$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }
}
