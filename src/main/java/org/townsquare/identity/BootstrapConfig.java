package org.townsquare.identity;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How an installation gets its first PLATFORM_ADMIN. */
@ConfigMapping(prefix = "townsquare.bootstrap")
interface BootstrapConfig {
    /**
     * Whose account becomes PLATFORM_ADMIN, once on an installation and only while it has none: at a start, or when its owner confirms this e-mail. An
     * account that has not confirmed it never does, since everybody could sign up with it. By default nobody's.
     */
    Optional<String> adminEmail();
}
