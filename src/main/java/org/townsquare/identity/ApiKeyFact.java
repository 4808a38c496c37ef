package org.townsquare.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Fact;

/** Something that happened to an API key; in the log of the community that it is for. */
interface ApiKeyFact extends Fact {
    @Override
    @Nullable
    UUID communityId();

    UUID apiKeyId();

    /** Whose key it is. */
    UUID userId();

    @Override
    default Subject subject() {
        return new Subject("api_key", apiKeyId());
    }

    @Override
    default Audience audience() {
        return Audience.SECURITY;
    }
}
