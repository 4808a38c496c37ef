package org.townsquare.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Fact;

/** Something happened to the account of one user. */
interface AccountFact extends Fact {
    UUID userId();

    @Override
    default @Nullable UUID communityId() {
        return null;
    }

    @Override
    default Subject subject() {
        return new Subject("users", userId());
    }

    @Override
    default Audience audience() {
        return Audience.SECURITY;
    }
}
