package org.townsquare.identity;

import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;

/** A new API key with its secret. */
record CreatedApiKeyView(
        ApiKeyView key,

        @Schema(
                description = "What to send as the bearer token. It is shown here alone.",
                examples = "tsk_q5nS2m3W0m8yL4p2b1i5y6yQnKx3w9r7fJt0v1x2z3A")
        String secret) {
    static RestResponse<CreatedApiKeyView> created(ApiKey key, Token token) {
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.CREATED, new CreatedApiKeyView(ApiKeyView.of(key), token.text()))
                .location(URI.create("/api/v1/api-keys/" + key.id))
                .header("ETag", key.etag())
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Without the secret: records are logged. */
    @Override
    public String toString() {
        return "CreatedApiKeyView[key=" + key.id() + "]";
    }
}
