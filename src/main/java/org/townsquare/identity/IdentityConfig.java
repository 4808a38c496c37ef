package org.townsquare.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Who may open an account here, and what the mails say. */
@ConfigMapping(prefix = "townsquare.identity")
interface IdentityConfig {
    /**
     * OPEN: {@code POST /sign-ups} opens the account and says {@code 409 email-taken}. CONFIRM: it answers 202 to every address, and the mail says
     * either how to finish or that there is an account.
     */
    @WithDefault("OPEN")
    SignUpMode signUp();

    /**
     * Where the application that people use takes the tokens of mails, such as {@code https://app.example/{act}#{token}}: {@code {token}} becomes the
     * token, {@code {act}} becomes {@code email}, {@code password} or {@code sign-up}. Without it mails have the token alone.
     */
    Optional<String> links();

    /** At least 256 random bits in base64: see {@link org.townsquare.platform.Secrets}. A new one voids all open tokens. */
    String pepper();
}
