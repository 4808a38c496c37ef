package org.townsquare.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;

/** A session as its user sees it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SessionView(
        UUID id,

        @Schema(description = "What opened it, in the words of its User-Agent.") @Nullable
        String device,

        Instant createdAt,

        @Schema(description = "Written at most every five minutes.")
        Instant lastSeenAt,

        @Schema(description = "When it ends unless it is used meanwhile.")
        Instant expiresAt,

        @Schema(description = "Whether it is the one that asks.")
        boolean current,

        @Schema(description = "Whether it was opened from the network that you are on now.")
        boolean sameNetwork,

        @Schema(description = "Where an admin acts as you.") @Nullable
        Impersonation impersonation) {
    /** Who acts as the user, and why. */
    record Impersonation(UUID by, String name, String reason) {}

    /** Seen by their user, with this session and from this device. */
    static Uni<List<SessionView>> of(List<Session> sessions, UUID current, Device device) {
        List<UUID> admins = sessions.stream()
                .map(session -> session.impersonatedBy)
                .flatMap(admin -> Stream.ofNullable(admin))
                .distinct()
                .toList();
        return Names.of(admins)
                .map(names -> sessions.stream()
                        .map(session -> of(session, current, device, names))
                        .toList());
    }

    private static SessionView of(Session session, UUID current, Device device, Map<UUID, String> names) {
        Digest network = device.network();
        return new SessionView(
                session.id,
                session.device,
                session.createdAt,
                session.lastSeenAt,
                session.endsAt(),
                session.id.equals(current),
                network != null && Arrays.equals(network.bytes(), session.network),
                impersonation(session, names));
    }

    private static @Nullable Impersonation impersonation(Session session, Map<UUID, String> names) {
        UUID by = session.impersonatedBy;
        String reason = session.impersonationReason;
        return by == null || reason == null ? null : new Impersonation(by, names.getOrDefault(by, ""), reason);
    }
}
