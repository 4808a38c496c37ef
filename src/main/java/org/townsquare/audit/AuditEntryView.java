package org.townsquare.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;

/** An entry of the log as a member may see it: whole, or as its digest. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AuditEntryView(
        UUID id,
        Instant at,

        @Schema(description = "SHA-256 of the entry's canonical body, base64url.", implementation = String.class)
        Digest entry,

        @Schema(description = "True where you may not read it; then only its digest is shown.")
        boolean withheld,

        @Schema(description = "What happened.", examples = "ProposalSubmitted") @Nullable
        String kind,

        @Schema(description = "Who did it; absent for an anonymous caller and for the clock of the service.") @Nullable
        Person actor,

        @Schema(description = "What the actor showed.", examples = "SESSION") @Nullable
        String credential,

        @Nullable Subject subject,

        @Schema(description = "What is known of it, by the kind.", implementation = Object.class) @Nullable
        JsonNode fact,

        @Schema(description = "From where; shown to the actor and to platform admins, and for 90 days.") @Nullable
        Origin origin) {
    /** A user by id and name. */
    @Schema(name = "AuditActor")
    record Person(UUID id, @Nullable String name) {}

    /** What it happened to. */
    @Schema(name = "AuditSubject")
    record Subject(String type, UUID id) {}

    /** Address and device of the request. */
    @Schema(name = "AuditOrigin")
    record Origin(String ip, @Nullable String userAgent) {}

    static AuditEntryView withheld(UUID id, Instant at, Digest entry) {
        return new AuditEntryView(id, at, entry, true, null, null, null, null, null, null);
    }
}
