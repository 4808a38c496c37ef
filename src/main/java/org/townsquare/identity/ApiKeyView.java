package org.townsquare.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** An API key without its secret. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiKeyView(
        UUID id,
        String name,

        @Schema(description = "The first eight characters after tsk_.", examples = "q5nS2m3W")
        String prefix,

        List<String> scopes,

        @Schema(description = "The one community that it is for; absent where it is for all of its owner.") @Nullable
        UUID communityId,

        @Schema(description = "Whose it is.") UUID ownerId,
        Instant createdAt,
        Instant expiresAt,
        int perMinute,

        @Schema(description = "Written at most every five minutes.") @Nullable
        Instant lastUsedAt,

        @Nullable Instant revokedAt) {
    public static ApiKeyView of(ApiKey key) {
        return new ApiKeyView(
                key.id,
                key.name,
                key.prefix,
                List.of(key.scopes),
                key.communityId,
                key.userId,
                key.createdAt,
                key.expiresAt,
                key.perMinute,
                key.lastUsedAt,
                key.revokedAt);
    }

    static RestResponse<ApiKeyView> answer(ApiKey key) {
        return RestResponse.ResponseBuilder.ok(of(key))
                .header("ETag", key.etag())
                .build();
    }
}
