package org.townsquare.identity;

import java.net.URI;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;

/** A user with a fresh session. */
record SignedInView(
        UserView user,

        @Schema(
                description = "The bearer token of the session. It is shown here alone.",
                examples = "tss_q5nS2m3W0m8yL4p2b1i5y6yQnKx3w9r7fJt0v1x2z3A")
        String token,

        @Schema(description = "When the session ends at the latest.")
        Instant expiresAt) {
    /** The answer to sign-up and sign-in; the token in it is for nobody's cache. */
    static RestResponse<SignedInView> created(User user, Token token, Session session) {
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.CREATED,
                        new SignedInView(UserView.of(user), token.text(), session.expiresAt))
                .location(URI.create("/api/v1/me"))
                .header("Cache-Control", "no-store")
                .build();
    }
}
