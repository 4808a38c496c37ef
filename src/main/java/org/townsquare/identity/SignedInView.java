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

        @Schema(description = "When the session ends unless it is used meanwhile, at most 30 days.")
        Instant expiresAt)
        implements SignUpAnswer {
    /** The answer to whoever has just shown who they are; the token in it is for nobody's cache. */
    static RestResponse<SignedInView> answer(RestResponse.Status status, User user, Token token, Session session) {
        return RestResponse.ResponseBuilder.create(
                        status, new SignedInView(UserView.of(user), token.text(), session.endsAt()))
                .header("Cache-Control", "no-store")
                .build();
    }

    /** The same, with the address of the account. */
    static RestResponse<SignedInView> created(NewSession.Opened opened) {
        var answer = opened.answer(RestResponse.Status.CREATED);
        answer.getHeaders().add("Location", URI.create("/api/v1/me"));
        return answer;
    }

    /** Without the token: records are logged. */
    @Override
    public String toString() {
        return "SignedInView[user=" + user.id() + ", expiresAt=" + expiresAt + "]";
    }
}
