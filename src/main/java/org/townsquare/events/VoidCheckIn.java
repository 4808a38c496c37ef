package org.townsquare.events;

import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.NotBlankIfGiven;

/** The request to void a check-in. */
public record VoidCheckIn(
        @Schema(description = "Why; the staff of an event give it, but for what they recorded a moment ago.")
        @NotBlankIfGiven
        @Size(max = 500)
        @Nullable
        String reason) {}
