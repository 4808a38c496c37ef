package org.townsquare.events;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.NotBlankIfGiven;

/** The request to change an event: what is left out stays. */
record EditEvent(
        @NotBlankIfGiven @Size(max = 200) @Nullable String title,

        @Schema(description = "Takes opensAt and closesAt along, where these are not given.") @Nullable
        Instant startTime,

        @Schema(description = "Takes closesAt along, where that is not given.") @Min(1) @Max(1440) @Nullable
        Integer durationMinutes,

        @Size(max = 64) @Schema(description = "An IANA zone.", examples = "Europe/Berlin") @Nullable
        String timeZone,

        @Schema(description = "An empty one removes it.") @Size(max = 5000) @Nullable
        String description,

        @Schema(description = "An empty one removes it.") @Size(max = 200) @Nullable
        String place,

        @Schema(description = "How many may check in; 0 for all.") @Min(0) @Max(100000) @Nullable
        Integer capacity,

        @Schema(description = "Whom the code lets in.") @Nullable
        Admission admission,

        @Schema(description = "From when people check in; at once where that is past.") @Nullable
        Instant opensAt,

        @Schema(description = "Until when people check in.") @Nullable
        Instant closesAt) {}
