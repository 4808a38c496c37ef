package org.townsquare.events;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request to open check-in again. */
public record ReopenEvent(
        @NotBlank @Size(max = 500) String reason,

        @Schema(description = "The new closing time; needed where the old one is past.") @Nullable
        Instant closesAt) {}
