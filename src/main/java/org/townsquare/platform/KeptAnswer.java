package org.townsquare.platform;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first answer to a request with an {@code Idempotency-Key}, as a repeat is given it again.
 *
 * @param headers those that the endpoint set
 * @param body null where there is none, or where it is a secret
 */
record KeptAnswer(
        int status,
        Map<String, List<String>> headers,
        @Nullable String body) {
    String contentType() {
        return status < 400 ? "application/json;charset=UTF-8" : ProblemView.MEDIA_TYPE;
    }

    /** Ends the work of a repeat before it begins; {@link ProblemMapper} makes it the answer. */
    static final class Again extends RuntimeException {
        final transient KeptAnswer answer;

        Again(KeptAnswer answer) {
            super(null, null, false, false);
            this.answer = answer;
        }
    }
}
