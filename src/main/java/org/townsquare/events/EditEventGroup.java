package org.townsquare.events;

import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.NotBlankIfGiven;

/** The request to change a group of events: what is left out stays. */
record EditEventGroup(
        @NotBlankIfGiven @Size(max = 120) @Nullable String name,

        @Schema(description = "An empty one removes it.") @Size(max = 5000) @Nullable
        String description) {}
