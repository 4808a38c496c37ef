package org.townsquare.identity;

import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;

/**
 * Where a session comes from.
 *
 * @param network of {@link Pepper#network}
 * @param name the first 120 characters of the {@code User-Agent}
 */
record Device(@Nullable Digest network, @Nullable String name) {
    static final int LONGEST_NAME = 120;
}
