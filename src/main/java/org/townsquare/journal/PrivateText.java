package org.townsquare.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * A text that may name a person. The entry's body holds a commitment to it (HMAC-SHA-256 under a salt of its own); the text itself stands
 * beside it, where it can be erased.
 */
@RegisterForReflection
public record PrivateText(@JsonIgnore @Nullable String value) {
    /** Withheld from the body of the entry. */
    @JsonValue
    @Nullable
    Object inBody() {
        return null;
    }

    @JsonCreator
    static PrivateText fromBody(@Nullable Object nothing) {
        return new PrivateText(null);
    }
}
