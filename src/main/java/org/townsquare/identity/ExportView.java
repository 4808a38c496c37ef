package org.townsquare.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is kept of a user, for them to take along. */
record ExportView(
        Instant exportedAt,
        Profile profile,

        @Schema(description = "Those that are open, and those that ended in the last 30 days.")
        List<SessionView> sessions,

        List<ApiKeyView> apiKeys,

        @Schema(description = "What each feature keeps, by its name.")
        Map<String, Object> features) {
    /** The account itself. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ExportedProfile")
    record Profile(
            UUID id,
            String name,
            @Nullable String email,
            @Nullable Instant emailVerifiedAt,
            @Nullable String phone,
            @Nullable Instant phoneVerifiedAt,
            String locale,
            String timeZone,
            @Nullable String bio,
            @Nullable String avatarUrl,
            List<PlatformRole> platformRoles,
            Instant createdAt,

            @Schema(description = "When the account is erased, where that was asked for.") @Nullable
            Instant erasureDueAt) {
        static Profile of(User user) {
            return new Profile(
                    user.id,
                    user.name,
                    user.email,
                    user.emailVerifiedAt,
                    user.phone,
                    user.phoneVerifiedAt,
                    user.locale,
                    user.timeZone,
                    user.bio,
                    user.avatarUrl,
                    List.of(user.platformRoles),
                    user.createdAt,
                    user.eraseAt);
        }
    }
}
