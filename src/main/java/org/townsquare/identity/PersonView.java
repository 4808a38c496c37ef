package org.townsquare.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a user shows of themselves to those who share a community with them. */
record PersonView(
        UUID id,
        String name,
        @Nullable String avatarUrl,
        @Nullable String bio) {}
