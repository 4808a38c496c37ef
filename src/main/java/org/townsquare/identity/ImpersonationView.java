package org.townsquare.identity;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;

/** A session in which an admin acts as a user. */
record ImpersonationView(
        UUID userId,
        String name,

        @Schema(description = "The bearer token of the session. It is shown here alone.")
        String token,

        Instant expiresAt) {
    static RestResponse<ImpersonationView> created(User subject, Token token, Session session) {
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.CREATED,
                        new ImpersonationView(subject.id, subject.name, token.text(), session.expiresAt))
                .location(URI.create("/api/v1/me"))
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Without the token: records are logged. */
    @Override
    public String toString() {
        return "ImpersonationView[userId=" + userId + ", expiresAt=" + expiresAt + "]";
    }
}
