package org.townsquare.identity;

import java.time.Duration;

/** What a token or code proves. */
public enum VerificationPurpose {
    /** That the user's address is theirs. */
    EMAIL(Duration.ofHours(24)),
    /** That the address is theirs which is to take the place of the present one. */
    EMAIL_CHANGE(Duration.ofHours(24)),
    /** That whoever sets a new password reads the user's mail. */
    PASSWORD_RESET(Duration.ofHours(1)),
    /** That the phone is theirs. */
    PHONE(Duration.ofMinutes(10));

    /** How long it may be used. */
    final Duration lifetime;

    VerificationPurpose(Duration lifetime) {
        this.lifetime = lifetime;
    }
}
