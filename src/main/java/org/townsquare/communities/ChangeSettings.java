package org.townsquare.communities;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Role;

/** The settings of a community, whole: what is left out is as it was at the founding. */
record ChangeSettings(
        @Schema(
                description =
                        "Permissions that only these roles shall have here, of those that are marked n. Fewer, never more.")
        @Size(max = 100)
        @Nullable
        Map<String, @NotNull @Size(max = 7) Set<@NotNull Role>> narrow,

        @Schema(description = "Who reads the public part of the log: MEMBERS unless it says otherwise.") @Nullable
        AuditReaders auditReaders) {}
